export * from './widget.js';
export * from './handle.js';
