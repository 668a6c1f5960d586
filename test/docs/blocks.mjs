// The fenced code blocks of the documentation, with the file name that stands before them.
import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {root} from '../support/packed-project.mjs';

/**
 * @typedef {{
 *   page: string, line: number, language: string, code: string, file: string, id: string,
 * }} Block
 *   `page` from the repository's root; `file` is the name in bold, at the beginning of the paragraph before the block, or empty; `id` says which it is, for people.
 */

/** The pages, from the repository's root. */
export const PAGES = [
  'README.md',
  ...readdirSync(join(root, 'docs'), {recursive: true, encoding: 'utf8'})
    .filter((path) => path.endsWith('.md'))
    .map((path) => `docs/${path.replaceAll('\\', '/')}`)
    .toSorted(),
];

/** @param {string} page */
export const textOf = (page) => readFileSync(join(root, page), 'utf8');

/**
 * @param {string} page
 * @param {string} [text]
 * @returns {Block[]}
 */
export function blocksOf(page, text = textOf(page)) {
  /** @type {Block[]} */
  const blocks = [];
  let file = '';
  /** @type {Block & {fence: string} | undefined} */
  let open;
  text.split('\n').forEach((row, index) => {
    const fence = /^ *(`{3,}|~{3,}) *(.*)$/.exec(row);
    if (open) {
      if (fence?.[1] === open.fence && !fence[2]) {
        const {fence: _, ...block} = open;
        blocks.push(block);
        [open, file] = [undefined, ''];
      } else {
        open.code += `${row}\n`;
      }
    } else if (fence) {
      const line = index + 1;
      open = {
        page,
        line,
        language: fence[2] ?? '',
        code: '',
        file,
        id: `${page}:${line}${file && ` ${file}`}`,
        fence: fence[1] ?? '',
      };
    } else if (row.trim()) {
      file = /^\*\*`([^`]+)`\*\*/.exec(row)?.[1] ?? '';
    }
  });
  if (open) throw new Error(`${open.id} is not closed`);
  return blocks;
}

/** All blocks of all pages. */
export const BLOCKS = PAGES.flatMap((page) => blocksOf(page));

/** @param {string[]} languages */
export const inLanguage = (...languages) => BLOCKS.filter(({language}) => languages.includes(language));

/** The one file of a page. @param {string} page @param {string} file */
export function fileOf(page, file) {
  const [block, ...others] = BLOCKS.filter((each) => each.page === page && each.file === file);
  if (!block || others.length) throw new Error(`${page} has ${others.length ? 'several files' : 'no file'} ${file}`);
  return block;
}

/**
 * Writes files of a page as its reader does.
 * @param {string} page
 * @param {string} folder
 * @param {(file: string) => boolean} [wanted]
 */
export function writeFiles(page, folder, wanted = () => true) {
  for (const {file, code} of BLOCKS.filter((each) => each.page === page && each.file && wanted(each.file))) {
    mkdirSync(dirname(join(folder, file)), {recursive: true});
    writeFileSync(join(folder, file), code);
  }
}
