// `tresen/slim/engine`: the engine alone, with its module handed in, for a Worker or a server.

export { Engine, loadEngine, TresenError } from './engine.js';
