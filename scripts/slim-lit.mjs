// What of Lit the script tag does without. The package's own modules import Lit as it is.

/**
 * Lit's own module of this name serves engines without constructable style sheets too, which lack more that we need;
 * in the script tag it would be 300 bytes.
 */
const CSS_TAG = `
  export const unsafeCSS = (text, sheet) => () => { if (!sheet) { sheet = new CSSStyleSheet(); sheet.replaceSync(text); } return sheet; };
  export const getCompatibleStyle = (style) => style;
  export const adoptStyles = (root, styles) => { root.adoptedStyleSheets = styles.map((style) => style()); };
  export {unsafeCSS as css, unsafeCSS as CSSResult};
  export const supportsAdoptingStyleSheets = true;`;

/**
 * Text of Lit's production build that nothing in the script tag can reach. Together about 350 bytes (brotli 11).
 * @type {Record<string, string[]>}
 */
const UNUSED = {
  // No property of ours has `reflect`.
  'reflecting properties': [
    'toAttribute(t,s){switch(s){case Boolean:t=t?l:null;break;case Object:case Array:t=null==t?t:JSON.stringify(t)}return t},',
    '_$ET(t,s){const i=this.constructor.elementProperties.get(t),e=this.constructor._$Eu(t,i);if(void 0!==e&&!0===i.reflect){const h=(void 0!==i.converter?.toAttribute?i.converter:u).toAttribute(s,i.type);this._$Em=t,null==h?this.removeAttribute(e):this.setAttribute(e,h),this._$Em=null}}',
    'this._$Eq&&=this._$Eq.forEach(t=>this._$ET(t,this[t])),',
    ',!0===e&&this._$Em!==t&&(this._$Eq??=new Set).add(t)',
    ',c=a.trustedTypes,l=c?c.emptyScript:""',
  ],
  // Properties are declared in `static properties`.
  decorators: [
    'Symbol.metadata??=Symbol("metadata"),a.litPropertyMetadata??=new WeakMap;',
    'const t=this[Symbol.metadata];if(null!==t){const s=litPropertyMetadata.get(t);if(void 0!==s)for(const[t,i]of s)this.elementProperties.set(t,i)}',
    'static addInitializer(t){this._$Ei(),(this.l??=[]).push(t)}',
    ',void 0!==t.l&&(this.l=[...t.l])',
    ',this.constructor.l?.forEach(t=>t(this))',
    ',this.prototype.hasOwnProperty(t)&&((s=Object.create(s)).wrapped=!0)',
    'const t=this.constructor.elementProperties;if(t.size>0)for(const[s,i]of t){const{wrapped:t}=i,e=this[s];!0!==t||this._$AL.has(s)||void 0===e||this.C(s,void 0,i,e)}',
  ],
  // The controller lives as long as its element.
  'removing controllers': ['removeController(t){this._$EO?.delete(t)}'],
  // For browsers without shadow DOM, and for a warning of several versions that only development builds give.
  'what Lit tells the page of itself': [
    ',p=a.reactiveElementPolyfillSupport',
    ',p?.({ReactiveElement:y}),(a.reactiveElementVersions??=[]).push("2.1.2")',
  ],
};

/** @returns {import('rollup').Plugin} */
export const slimLit = () => ({
  name: 'slim-lit',
  load: (id) => (/[\\/]@lit[\\/]reactive-element[\\/]css-tag\.js$/.test(id) ? CSS_TAG : null),
  transform(code, id) {
    if (!/[\\/]@lit[\\/]reactive-element[\\/]reactive-element\.js$/.test(id)) return null;
    for (const [what, texts] of Object.entries(UNUSED)) {
      for (const text of texts) {
        const parts = code.split(text);
        // Another version of Lit: see what of this still holds, and measure whether it is still worth it.
        if (parts.length !== 2) this.error(`scripts/slim-lit.mjs (${what}): not once in Lit: ${text}`);
        code = parts.join('');
      }
    }
    return {code, map: {mappings: ''}};
  },
});
