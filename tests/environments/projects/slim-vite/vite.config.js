export default { build: { assetsInlineLimit: Infinity, chunkSizeWarningLimit: 1024 } };
