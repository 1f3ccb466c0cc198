// Behind a pay link in Firefox: what is to be paid, the code, a day that is named.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import { useDemo } from '../lib/demo.mjs';
import { useFirefox } from '../lib/firefox.mjs';
import { until } from '../lib/until.mjs';

describe('a pay link in Firefox', () => {
  const demo = useDemo();
  const firefox = useFirefox();

  test('shows what is open and takes a day', async () => {
    const { receivables } = await demo.api.customers.account('cus_oskar');
    const claim = receivables.find(({ balance }) => balance.minor > 0);
    assert.ok(claim, 'somebody of the demo owes something');
    // He is overdue: whoever wrote to him meanwhile would send a newer link, and this one would be none any more.
    const contact = { email: 'oskar.brandt@example.com', locale: 'de', address_form: 'sie', opted_out: ['email', 'text_message', 'letter', 'telephone'] };
    const headers = { authorization: `Bearer ${demo.keys.secret}`, 'content-type': 'application/json' };
    const told = await fetch(`${demo.service.url}/v1/customers/cus_oskar/contact`, { method: 'PUT', headers, body: JSON.stringify(contact) });
    assert.ok(told.ok, await told.text());
    const { token } = await demo.api.receivables.paylink(claim.id);
    const page = await firefox.open({ width: 360 });
    await page.goto(`${demo.url}/tresen/pay/${token}`);
    assert.ok(await until(page, () => document.querySelector('tresen-account').shadowRoot.querySelector('.code svg') !== null));
    const code = await page.$('tresen-account >>> .code');
    const { data, width, height } = PNG.sync.read(Buffer.from(await code.screenshot()));
    assert.match(jsQR(new Uint8ClampedArray(data), width, height)?.data ?? '', /^BCD\n002\n1\nSCT\n/);
    await page.evaluate(() => {
      const { shadowRoot } = document.querySelector('tresen-account');
      shadowRoot.querySelector('details').open = true;
      const field = shadowRoot.querySelector('input[type=date]');
      field.value = field.max;
      shadowRoot.querySelector('form button').click();
    });
    assert.ok(await until(page, () => /erinnert Sie niemand/.test(document.querySelector('tresen-account').shadowRoot.textContent)));
    await page.finish();
  });
});
