// The typings of the frameworks, from the tarball, each where only its own framework is installed.
import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {createPackedProject} from '../support/packed-project.mjs';

/** What every JSX must take, and what it must not; the framework's own ways come in between. @param {string} own @param {string} [className] */
const jsxUse = (own, className = 'class') => `
  import 'chatapp-dialog';
  import 'chatapp-dialog/jsx';
  ${own}
  const all = <chatapp-dialog ${className}="chat" license-id={30310} phones={['7']} dialogIds={['@a']} disabled={false} loadTimeout={1000} load-timeout="1000"
    getAccessToken={async ({signal}) => (await fetch('/token', {signal})).text()}><a href="https://dialogs.pro/">Open</a></chatapp-dialog>;
  const link = <chatapp-dialog-link phones={['7']} with-token target="_self">Open</chatapp-dialog-link>;
  const whole = <chatapp-dialog fields={{phones: ['7']}} />;
  // @ts-expect-error which of them wins?
  const both = <chatapp-dialog fields={{licenseId: 1}} phones={['7']} />;
  // @ts-expect-error a list of objects
  const wrongList = <chatapp-dialog phones={[{}]} />;
  // @ts-expect-error not a way of loading
  const wrongWord = <chatapp-dialog loading="later" />;
  // @ts-expect-error the link has no such input
  const wrongInput = <chatapp-dialog-link loadTimeout={1} />;
  export {all, whole, both, link, wrongList, wrongWord, wrongInput};`;

/** @type {Record<string, import('../support/packed-project.mjs').Program>} */
const PROGRAMS = {
  'React: components': {
    packages: ['@lit/react', 'react', '@types/react', 'csstype'],
    file: 'use.tsx',
    options: {jsx: 'react-jsx', jsxImportSource: 'react'},
    source: `
      import {useRef} from 'react';
      import {ChatAppDialog, ChatAppDialogLink, type ChatAppDialogProps} from 'chatapp-dialog/react';
      import type {ChatAppDialog as Element} from 'chatapp-dialog/element';
      const shared: ChatAppDialogProps = {licenseId: 30310, phones: ['7']};
      export const Chat = () => {
        const dialog = useRef<Element>(null);
        return <>
          <ChatAppDialog ref={dialog} {...shared} className="chat" style={{height: 400}} getAccessToken={async () => null}
            accessTokenUrl="/token" onChatappError={(event) => console.log(event.error.code, event.currentTarget.reload())} onChatappStatuschange={() => dialog.current?.reload()}><a href="/">Open</a></ChatAppDialog>
          <ChatAppDialogLink phones={[]} withToken onChatappError={({error}) => console.log(error.field)}>Open</ChatAppDialogLink>
          <ChatAppDialog fields={{phones: [7]}} accessToken="token" />
          {/* @ts-expect-error which of them wins? */}
          <ChatAppDialog fields={{licenseId: 1}} phones={['7']} />
          {/* @ts-expect-error read-only */}
          <ChatAppDialog status="idle" />
          {/* @ts-expect-error a method */}
          <ChatAppDialog reload={() => {}} />
          {/* @ts-expect-error a misspelt input */}
          <ChatAppDialog phone="7" />
        </>;
      };`,
  },
  'React 19: tags': {
    packages: ['react', '@types/react', 'csstype'],
    file: 'use.tsx',
    options: {jsx: 'react-jsx', jsxImportSource: 'react'},
    source: jsxUse(
      `
      import {useRef} from 'react';
      import type {ChatAppDialog} from 'chatapp-dialog/element';
      export const Own = () => {
        const dialog = useRef<ChatAppDialog>(null);
        return <chatapp-dialog key="1" ref={dialog} className="chat" onchatapp-error={(event) => console.log(event.error.code, event.currentTarget.status)} />;
      };`,
      'className',
    ),
  },
  'Preact: tags': {
    packages: ['preact'],
    file: 'use.tsx',
    options: {jsx: 'react-jsx', jsxImportSource: 'preact'},
    source: jsxUse(`
      import {createRef} from 'preact';
      import type {ChatAppDialog} from 'chatapp-dialog/element';
      const dialog = createRef<ChatAppDialog>();
      export const own = <chatapp-dialog key="1" ref={dialog} onchatapp-error={(event) => console.log(event.error.code, event.currentTarget.status)} />;`),
  },
  'Solid: tags': {
    packages: ['solid-js', 'csstype', 'seroval'],
    file: 'use.tsx',
    options: {jsx: 'preserve', jsxImportSource: 'solid-js'},
    source: jsxUse(`
      import type {ChatAppDialog} from 'chatapp-dialog/element';
      let dialog: ChatAppDialog | undefined;
      export const own = <chatapp-dialog ref={dialog} prop:phones={['7']} attr:license-id="30310" attr:phones="7" bool:disabled={false}
        on:chatapp-error={(event) => console.log(event.error.code, event.currentTarget.status)} />;
      export const ownLink = <chatapp-dialog-link attr:phones="7" bool:with-token={true} on:chatapp-error={({currentTarget}) => currentTarget.copyLink()} />;
      // @ts-expect-error a list is not on or off
      export const wrongBool = <chatapp-dialog bool:phones={true} />;
      // @ts-expect-error a misspelt attribute
      export const wrongAttr = <chatapp-dialog attr:phone="7" />;`),
  },
  'Vue: templates': {
    packages: [
      'vue',
      '@vue',
      'csstype',
      '@babel/types',
      '@babel/parser',
      '@babel/helper-string-parser',
      '@babel/helper-validator-identifier',
    ],
    source: `
      import 'chatapp-dialog';
      import 'chatapp-dialog/vue';
      import type {GlobalComponents} from 'vue';
      type Dialog = InstanceType<GlobalComponents['chatapp-dialog']>['$props'];
      type Link = InstanceType<GlobalComponents['chatapp-dialog-link']>['$props'];
      export const dialog: Dialog = {key: 1, ref: 'dialog', licenseId: 30310, phones: ['7'], accessTokenUrl: '/token', disabled: true, class: 'chat', onChatappError: ({error, currentTarget}) => console.log(error.code, currentTarget.status)};
      // What useTemplateRef('dialog') holds.
      export const reload = (held: InstanceType<GlobalComponents['chatapp-dialog']>) => held.reload();
      export const copy = (held: InstanceType<GlobalComponents['chatapp-dialog-link']>) => held.copyLink();
      // vue-tsc takes keep-alive="3" for keepAlive.
      export const texts: Dialog = {keepAlive: '3', loadTimeout: '15000'};
      // @ts-expect-error not a number
      export const wrongText: Dialog = {keepAlive: 'three'};
      // @ts-expect-error a misspelt input
      export const misspelt: Dialog = {phone: '7'};
      // @ts-expect-error which of them wins?
      export const both: Dialog = {fields: {licenseId: 1}, phones: ['7']};
      export const link: Link = {phones: ['7'], withToken: true, target: '_self'};
      // @ts-expect-error a list of objects
      export const wrong: Dialog = {phones: [{}]};
      export const whole: Dialog = {fields: {phones: ['7']}, id: 'chat', onClick: () => {}};
    `,
  },
  'Svelte: markup': {
    packages: ['svelte', 'csstype'],
    source: `
      import 'chatapp-dialog';
      import 'chatapp-dialog/svelte';
      import type {SvelteHTMLElements} from 'svelte/elements';
      type Dialog = SvelteHTMLElements['chatapp-dialog'];
      type Link = SvelteHTMLElements['chatapp-dialog-link'];
      export const dialog: Dialog = {'license-id': 30310, phones: ['7'], disabled: true, class: 'chat', 'onchatapp-error': ({error, currentTarget}) => console.log(error.code, currentTarget.status)};
      export const link: Link = {phones: ['7'], 'with-token': true, target: '_self'};
      // @ts-expect-error a list of objects
      export const wrong: Dialog = {phones: [{}]};
      export const whole: Dialog = {fields: {phones: ['7']}};
      // @ts-expect-error which of them wins?
      export const both: Dialog = {fields: {licenseId: 1}, phones: ['7']};
      // @ts-expect-error not a way of loading
      export const word: Dialog = {loading: 'later'};
    `,
  },
};

describe('the typings', () => {
  const packed = createPackedProject();
  after(() => packed.remove());

  /** @type {Record<string, string>} */
  let said;
  before(() => (said = packed.compile(PROGRAMS)));
  for (const name of Object.keys(PROGRAMS)) test(`of ${name}`, () => assert.equal(said[name], ''));

  for (const entry of ['vue', 'svelte', 'jsx']) {
    test(`of chatapp-dialog/${entry} are no code`, () => {
      assert.equal(
        packed.node(
          '--input-type=module',
          '-e',
          `console.log(Object.keys(await import('chatapp-dialog/${entry}')).length)`,
        ),
        '0\n',
      );
    });
  }
});
