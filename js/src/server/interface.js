// Whether the service and this package belong together: builds whose numbers differ would refuse each other's consents, or not read each other's bytes.

import { TresenInterfaceError } from './errors.js';

/** What this package has in common with its service: `INTERFACE` of src/wire/http/merchant.rs, held equal by a test there. */
export const INTERFACE = 1;

/** What `GET /v1/health` said, where the service belongs to this package; throws where it does not. */
export function ofOneInterface(health, own = INTERFACE) {
  const { interface: said, version } = health;
  const problem = (code, what, help) => new TresenInterfaceError(code, `the service (version ${version ?? 'unknown'}) ${what}`, help);
  if (!Number.isInteger(said) || said < 1) throw problem('interface.unknown', 'does not say to which package it belongs', 'take service and package from one release; a service from before this check says nothing');
  if (said < own) throw problem('interface.service_older', `has interface ${said}, older than ${own} of this package`, 'update the service, or take the package of its release');
  if (said > own) throw problem('interface.service_newer', `has interface ${said}, newer than ${own} of this package`, 'update the package `tresen` to the release of the service');
  return health;
}
