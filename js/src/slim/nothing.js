// In place of the modules as JavaScript, for `tresen/slim`: who hands in WebAssembly has it.

export const instantiate = () => {
  throw new Error('tresen/slim runs WebAssembly only');
};
