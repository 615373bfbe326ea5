import { Json } from '../../rule';
import { Example, testRules } from '../../testing/rule-tester';
import { HYPER_CONVERGED_RULES } from './hyper-converged';

const beta = (spec: Json): Json => ({ apiVersion: 'hco.kubevirt.io/v1beta1', spec });
const v1 = (spec: Json): Json => ({ apiVersion: 'hco.kubevirt.io/v1', spec });
const certificates = (certConfig: Json): Json => beta({ certConfig });
const tls = (custom: Json): Json => beta({ tlsSecurityProfile: { type: 'Custom', custom } });
const template = (value: string, more: Json = {}): Json =>
  beta({
    dataImportCronTemplates: [
      { metadata: { name: 'a', annotations: { 'dataimportcrontemplate.kubevirt.io/enable': value } }, ...more },
    ],
  });
const row = (rule: string, accepts: Json, refuses: Json, field: string, says: string): Example => ({
  ...{ rule, accepts, refuses, field, says },
});
const HTTP2 = 'ECDHE-RSA-AES128-GCM-SHA256';
const TLS = 'spec.tlsSecurityProfile.custom';

describe('HyperConverged', () =>
  testRules(HYPER_CONVERGED_RULES, [
    row(
      'hyperconverged-certificates-duration',
      certificates({ server: { renewBefore: '10m' } }),
      certificates({ server: { renewBefore: '9m59s' } }),
      'spec.certConfig.server.renewBefore',
      `be at least '10m', got "9m59s"`,
    ),
    row(
      'hyperconverged-certificates-duration',
      v1({}),
      v1({ security: { certConfig: { ca: { renewBefore: '1s' } } } }),
      'spec.security.certConfig.ca.renewBefore',
      'got "1s"',
    ),
    row(
      'hyperconverged-certificates-renewal',
      certificates({ ca: { duration: '48h', renewBefore: '48h' } }),
      certificates({ ca: { renewBefore: '49h' } }),
      'spec.certConfig.ca.renewBefore',
      'got "49h"',
    ),
    row(
      'hyperconverged-certificates-ca-duration',
      certificates({ ca: { duration: '48h' }, server: { duration: '48h' } }),
      certificates({ server: { duration: '72h' } }),
      'spec.certConfig.ca.duration',
      'be at least that of the servers, 72h, got "48h0m0s"',
    ),
    row(
      'hyperconverged-cron-template-enable',
      template('FALSE'),
      template('no'),
      'spec.dataImportCronTemplates[0].metadata.annotations',
      'got "no"',
    ),
    row(
      'hyperconverged-cron-template-spec',
      template('false'),
      template('true'),
      'spec.dataImportCronTemplates[0].spec',
      'be given',
    ),
    row(
      'hyperconverged-tls-http2',
      tls({ minTLSVersion: 'VersionTLS12', ciphers: [HTTP2] }),
      tls({ minTLSVersion: 'VersionTLS12', ciphers: ['AES256-SHA'] }),
      `${TLS}.ciphers`,
      'got ["AES256-SHA"]',
    ),
    row(
      'hyperconverged-tls-ciphers',
      tls({ minTLSVersion: 'VersionTLS13', ciphers: [] }),
      tls({ minTLSVersion: 'VersionTLS13', ciphers: [HTTP2] }),
      `${TLS}.ciphers`,
      'be left out',
    ),
    row(
      'hyperconverged-mediated-device-types',
      beta({ mediatedDevicesConfiguration: { mediatedDevicesTypes: ['a'], mediatedDeviceTypes: ['a'] } }),
      beta({ mediatedDevicesConfiguration: { mediatedDevicesTypes: ['a'], mediatedDeviceTypes: ['b'] } }),
      'spec.mediatedDevicesConfiguration.mediatedDevicesTypes',
      'got ["a"]',
    ),
  ]));
