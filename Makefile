stages := $(notdir $(wildcard .ci/stages/*))
stages := $(filter-out dist,$(foreach stage,$(stages),$(patsubst $(firstword $(subst -, ,$(stage)))-%,%,$(stage))))

# The four commands of a fresh clone. Each installs what is missing and is quick the second time.
.PHONY: help demo test bench bench-engine bench-night dist clean format $(stages)
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## a shop on http://127.0.0.1:8787 (PORT changes it), with the service behind it
	@.ci/setup rust wasm js shop
	@cargo build --release --locked -p tresen-cli
	@node js/build/dist.mjs
	@TRESEN_BIN="$(abspath $(or $(CARGO_TARGET_DIR),target))/release/tresen" node examples/shop/start.mjs

test: ## everything, as CI runs it
	@.ci/test

bench: bench-engine bench-night ## both of the next two

bench-engine: ## decisions a second, reasons, cold start, sizes, the ledger, a back-test and the wait on a phone, beside plain code that does the same
	@.ci/bench engine

bench-night: ## a nightly run over a million open claims, killed once; brings them in at first, in five minutes (CLAIMS changes how many)
	@.ci/bench night $(CLAIMS)

dist: ## js/dist: what the npm package and a shop's server hand out, with its sizes
	@.ci/setup wasm js
	@node js/build/dist.mjs

$(stages): ## one stage of the test suite
	@.ci/test $@

format: ## format the Rust code
	@cargo fmt --all

clean: ## remove what was built, but not the tools
	@rm -rf target js/dist js/node_modules
