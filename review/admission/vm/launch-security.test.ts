import { Json } from '../../rule';
import { Example, testRules } from '../../testing/rule-tester';
import { LAUNCH_SECURITY_RULES } from './launch-security';

const LAUNCH_SECURITY = 'spec.template.spec.launchSecurity';
const efiOnly = { 'T.domain.firmware': { bootloader: { efi: { secureBoot: false } } } };

describe('LAUNCH_SECURITY_RULES', () => {
  const sev = { ...efiOnly, 'T.domain.launchSecurity': { sev: {} } };
  const refused = (rule: string, field: string, says: string, refuses: Json): Example => ({
    rule,
    accepts: sev,
    refuses,
    cluster: { featureGates: ['WorkloadEncryptionSEV'] },
    field,
    serverField: LAUNCH_SECURITY,
    says,
  });

  testRules(LAUNCH_SECURITY_RULES, [
    {
      rule: 'launch-security-secure-execution-gate',
      accepts: { 'T.architecture': 's390x', 'T.domain.launchSecurity': {} },
      acceptedOn: { featureGates: ['MultiArchitecture', 'SecureExecution'] },
      refuses: { 'T.architecture': 's390x', 'T.domain.launchSecurity': {} },
      cluster: { featureGates: ['MultiArchitecture'] },
      field: 'spec.template.spec.domain.launchSecurity',
      serverField: LAUNCH_SECURITY,
      says: "'SecureExecution'",
    },
    {
      rule: 'launch-security-sev-gate',
      accepts: { 'T.domain.launchSecurity': {} },
      refuses: { 'T.domain.launchSecurity': { sev: {} } },
      field: 'spec.template.spec.domain.launchSecurity',
      serverField: LAUNCH_SECURITY,
      says: "'WorkloadEncryptionSEV'",
    },
    refused(
      'launch-security-sev-efi',
      'spec.template.spec.domain.firmware.bootloader',
      "'firmware.bootloader.efi' must be given",
      {
        'T.domain.launchSecurity': { sev: {} },
      },
    ),
    refused(
      'launch-security-sev-secure-boot',
      'spec.template.spec.domain.firmware.bootloader.efi',
      "'secureBoot' must be false",
      {
        'T.domain.launchSecurity': { sev: {} },
        'T.domain.firmware': { bootloader: { efi: {} } },
        'T.domain.features': { smm: {} },
      },
    ),
    refused(
      'launch-security-sev-attestation-paused',
      'spec.template.spec.startStrategy',
      "'startStrategy' must be 'Paused'",
      {
        ...efiOnly,
        'T.domain.launchSecurity': { sev: { attestation: {} } },
      },
    ),
    refused(
      'launch-security-sev-boot-interface',
      'spec.template.spec.domain.devices.interfaces[0].bootOrder',
      'interface "default"',
      {
        ...sev,
        'D.interfaces': [{ name: 'default', masquerade: {}, bootOrder: 1 }],
        'T.networks': [{ name: 'default', pod: {} }],
      },
    ),
    {
      rule: 'launch-security-architecture',
      release: 'v1.7.4',
      accepts: { 'T.domain.launchSecurity': {}, 'T.architecture': 's390x' },
      acceptedOn: { featureGates: ['SecureExecution', 'MultiArchitecture'] },
      refuses: { 'T.domain.launchSecurity': {}, 'T.architecture': 'arm64' },
      field: 'spec.template.spec.domain.launchSecurity',
      serverField: 'spec.template.spec.architecture',
      says: 'must be left out on arm64',
    },
    ...(
      [
        [{}, 'got none'],
        [{ sev: {}, snp: {} }, 'got ["sev","snp"]'],
      ] as const
    ).map(([launchSecurity, got]) => ({
      rule: 'launch-security-type-single',
      release: 'v1.9.0',
      accepts: sev,
      refuses: { ...efiOnly, 'T.domain.launchSecurity': launchSecurity },
      field: 'spec.template.spec.domain.launchSecurity',
      serverField: LAUNCH_SECURITY,
      says: `must be one of 'sev', 'snp' and 'tdx', ${got}`,
    })),
    {
      rule: 'launch-security-tdx-gate',
      release: 'v1.9.0',
      accepts: { ...efiOnly, 'T.domain.launchSecurity': { tdx: {} } },
      acceptedOn: { featureGates: ['WorkloadEncryptionTDX'] },
      refuses: { ...efiOnly, 'T.domain.launchSecurity': { tdx: {} } },
      field: 'spec.template.spec.domain.launchSecurity',
      serverField: LAUNCH_SECURITY,
      says: "'WorkloadEncryptionTDX'",
    },
    {
      rule: 'launch-security-tdx-smm',
      release: 'v1.9.0',
      cluster: { featureGates: ['WorkloadEncryptionTDX'] },
      accepts: { ...efiOnly, 'T.domain.launchSecurity': { tdx: {} } },
      refuses: { ...efiOnly, 'T.domain.launchSecurity': { tdx: {} }, 'T.domain.features': { smm: {} } },
      field: 'spec.template.spec.domain.features.smm',
      serverField: LAUNCH_SECURITY,
      says: "'features.smm' must be off with 'tdx', got {}",
    },
    {
      rule: 'launch-security-persistent-efi',
      release: 'v1.9.0',
      accepts: { ...efiOnly, 'T.domain.launchSecurity': { snp: {} } },
      refuses: {
        'T.domain.launchSecurity': { snp: {} },
        'T.domain.firmware': { bootloader: { efi: { secureBoot: false, persistent: true } } },
      },
      field: 'spec.template.spec.domain.firmware.bootloader.efi.persistent',
      serverField: LAUNCH_SECURITY,
      says: "'persistent' must be left out with 'snp', got true",
    },
  ]);
});
