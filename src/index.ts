import './define.js';

export * from './element.js';
export * from './url/index.js';
