using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "main", worker = .shop),
    # The service runs on the same machine, which Workers may not reach unless somebody says so.
    (name = "internet", network = (allow = ["private", "public"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);

const shop :Workerd.Worker = (
  modules = [
    (name = "worker.js", esModule = embed "worker.js"),
    (name = "check.js", esModule = embed "check.js"),
    (name = "tresen/server", esModule = embed "../node_modules/tresen/dist/server.js"),
    (name = "tresen/slim/engine", esModule = embed "../node_modules/tresen/dist/slim-engine.js"),
    (name = "engine.wasm", wasm = embed "../node_modules/tresen/dist/engine.wasm"),
  ],
  compatibilityDate = "2026-07-01",
);
