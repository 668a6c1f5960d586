// What the tests use of libraries that bring no types.
declare module 'alpinejs' {
  interface Alpine {
    plugin(plugin: unknown): void;
    initTree(element: Element): void;
    nextTick(): Promise<void>;
    data(name: string, component: () => object): void;
    reactive<T extends object>(value: T): T;
    morph(from: Element, toHtml: string): Element;
  }
  const alpine: Alpine;
  export default alpine;
}

declare module '@alpinejs/morph' {
  const plugin: unknown;
  export default plugin;
}

declare module 'sortablejs' {
  export default class Sortable {
    constructor(list: HTMLElement, options?: Record<string, unknown>);
    destroy(): void;
  }
}

declare module 'vue/dist/vue.esm-browser.js' {
  export * from 'vue';
}
