// What editors and catalogues read: dist/custom-elements.json, and made from it the data for VS Code and JetBrains' IDEs.
//
// The analyzer reads src/, but some things only the running classes know: their properties come from the table of fields,
// and their tags are registered in a loop. So the built classes are asked, and nothing is written twice.
import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import * as analyzer from '@custom-elements-manifest/analyzer';
import {getWebTypesData} from 'custom-element-jet-brains-integration';
import {getVsCodeHtmlCustomData} from 'custom-element-vs-code-integration';

// The analyzer's own types leave both out.
const {create, ts} = /** @type {any} */ (analyzer);
const root = new URL('../', import.meta.url);

const parse = (/** @type {string} */ path, /** @type {string} */ text) =>
  ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true, ts.ScriptKind.TS);
const sources = readdirSync(new URL('src', root), {recursive: true, encoding: 'utf8'})
  // The frameworks' typings repeat the elements' names.
  .filter((path) => path.endsWith('.ts') && !path.startsWith('frameworks'))
  .toSorted()
  // Under the names of the files that are shipped, for those are what the manifest is to name.
  .map((path) =>
    parse(
      `dist/${path.replace(/ts$/, 'js').replaceAll('\\', '/')}`,
      readFileSync(new URL(`src/${path}`, root), 'utf8'),
    ),
  );

/** Classes, types and constants of the sources, by name. @type {Map<string, any>} */
const named = new Map(
  sources
    .flatMap(({statements}) => [...statements])
    .flatMap((statement) => statement.declarationList?.declarations ?? [statement])
    .filter((node) => node.name)
    .map((node) => [node.name.getText(), node]),
);

/** @param {string} name */
const pathOf = (name) => named.get(name).getSourceFile().fileName;
/** @param {string} path @returns {Promise<any>} */
const load = (path) => import(new URL(path, root).href);
const api = await load('dist/index.js');

/** The elements' classes, and the one that they share, by name. @type {Map<string, any>} */
const elements = new Map();
for (let element of Object.values(api)) {
  for (; element?.elementProperties && named.has(element.name); element = Object.getPrototypeOf(element))
    elements.set(element.name, element);
}

/** The modules that the manifest names, with what they export: the sources' types are gone. @type {Map<string, any>} */
const built = new Map();
for (const path of ['dist/index.js', 'dist/element.js', 'dist/define.js', ...[...elements.keys()].map(pathOf)])
  built.set(path, await load(path));

/**
 * The alternatives of a type, spelt out where a name of the sources stands for some: editors do not look names up.
 * @param {any} node
 * @returns {string[]}
 */
function alternatives(node) {
  const text = node.getText();
  if (ts.isParenthesizedTypeNode(node)) return alternatives(node.type);
  if (ts.isUnionTypeNode(node)) return node.types.flatMap(alternatives);
  // `string & {}` is text, said so that TypeScript does not forget the known values beside it.
  if (text === 'string & {}') return ['string'];
  const [, values] = /^\(typeof (\w+)\)\[number\]$/.exec(text) ?? [];
  if (values)
    return named.get(values).initializer.expression.elements.map((/** @type {any} */ value) => value.getText());
  if (ts.isIndexedAccessTypeNode(node)) {
    const key = node.indexType.literal.text;
    return alternatives(
      named.get(node.objectType.getText()).members.find((/** @type {any} */ {name}) => name.text === key).type,
    );
  }
  const alias = named.get(text)?.type;
  return alias && (ts.isUnionTypeNode(alias) || ts.isIndexedAccessTypeNode(alias)) ? alternatives(alias) : [text];
}

/** @param {any} member  a property, to which it adds what is missing @param {any} options  what Lit knows of it */
function attributeOf(member, options) {
  const {name, description} = member;
  // A constant's name says nothing where it cannot be looked up.
  member.default = named.get(member.default)?.initializer.getText() ?? member.default;
  const types = [...new Set(alternatives(parse('', `type T = ${member.type.text}`).statements[0].type))];
  member.type.text = types.join(' | ');
  // An attribute is text: no object, and no function, although the element observes that attribute to refuse it.
  const text = types.filter((type) => /^('.*'|string|number|boolean)$/.test(type)).join(' | ');
  if (!options || options.attribute === false || !text) return [];
  member.attribute = options.attribute ?? name.toLowerCase();
  return [{name: member.attribute, type: {text}, default: member.default, description, fieldName: name}];
}

const completeElements = {
  name: 'complete-elements',
  // In this phase, because the next one hands members and attributes down to heirs.
  moduleLinkPhase(/** @type {{moduleDoc: any}} */ {moduleDoc}) {
    const {path, declarations} = moduleDoc;
    const names = built.get(path);
    if (!names) return;
    moduleDoc.exports = moduleDoc.exports.filter(
      (/** @type {any} */ {kind, name}) => kind === 'js' && (name === '*' || name in names),
    );
    if (path === 'dist/define.js') {
      moduleDoc.exports = [...elements].flatMap(([name, element]) => {
        const tag = /** @type {any} */ (customElements).getName(element);
        return tag ? [{kind: 'custom-element-definition', name: tag, declaration: {name, module: pathOf(name)}}] : [];
      });
    }
    for (const declaration of declarations) {
      const element = elements.get(declaration.name);
      if (!element) continue;
      declaration.customElement = true;
      // What has no sentence is Lit's: the callbacks, and how it is configured.
      declaration.members = declaration.members.filter(
        (/** @type {any} */ {description, privacy}) => description && (privacy ?? 'public') === 'public',
      );
      // The rest the analyzer has guessed from calls of dispatchEvent().
      declaration.events = declaration.events?.filter((/** @type {any} */ {description}) => description);
      declaration.attributes = [];
      for (const member of declaration.members) {
        if (member.kind === 'field')
          declaration.attributes.push(...attributeOf(member, element.elementProperties.get(member.name)));
        for (const parameter of member.parameters ?? []) {
          if ('default' in parameter) parameter.optional = true;
          // `{withToken = false}` is no name.
          if (parameter.name.startsWith('{')) parameter.name = 'options';
        }
      }
    }
  },
};

const {modules} = create({modules: sources, plugins: [completeElements]});
/** @type {any} */
const manifest = JSON.parse(
  JSON.stringify(
    {schemaVersion: '2.1.0', modules: modules.filter((/** @type {any} */ {path}) => built.has(path))},
    (key, value) =>
      // The analyzer also writes ./chatapp-dialog.js and /dist/chatapp-dialog.js.
      key === 'module' ? `dist/${value.replace(/^(\.?\/)?(dist\/)?/, '')}` : value,
  ),
);

/** @param {string} name @param {unknown} data */
const write = (name, data) => writeFileSync(new URL(`dist/${name}`, root), `${JSON.stringify(data, null, 2)}\n`);
write('custom-elements.json', manifest);
// Its name and version are those of the package.json in the working directory.
const webTypes = getWebTypesData(manifest, {hideLogs: true, modulePathTemplate: () => 'chatapp-dialog'});
// There is no page for each element, and an empty address would be a dead link.
write(
  'web-types.json',
  JSON.parse(webTypes, (key, value) => (key === 'doc-url' && !value ? undefined : value)),
);

const booleans = new Set();
for (const {declarations} of manifest.modules) {
  for (const declaration of declarations) {
    // What follows is a line of dashes, which would make a heading of the last paragraph.
    declaration.description += '\n';
    for (const attribute of declaration.attributes) {
      // VS Code shows no defaults but those in a text.
      if (attribute.default) attribute.description += ` Default \`${attribute.default}\`.`;
      if (attribute.type.text === 'boolean') booleans.add(attribute.name);
    }
  }
}
// The value set `v` is VS Code's for "no value": it completes to `disabled`, and not to `disabled=""`.
write(
  'vscode.html-custom-data.json',
  JSON.parse(getVsCodeHtmlCustomData(manifest, {hideLogs: true}), (_, value) =>
    booleans.has(value?.name) ? {...value, valueSet: 'v'} : value,
  ),
);
