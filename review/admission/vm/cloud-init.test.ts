import { Json } from '../../rule';
import { refusals, testRules } from '../../testing/rule-tester';
import { CLOUD_INIT_RULES } from './cloud-init';

const VOLUME = 'spec.template.spec.volumes[1]';

function noCloud(data: object): Json {
  return { 'T.volumes.1': { name: 'ci', cloudInitNoCloud: data } };
}

function configDrive(data: object): Json {
  return { 'T.volumes.1': { name: 'ci', cloudInitConfigDrive: data } };
}

describe('CLOUD_INIT_RULES', () => {
  testRules(CLOUD_INIT_RULES, [
    {
      rule: 'cloud-init-given',
      accepts: noCloud({ networkData: 'x' }),
      refuses: noCloud({ userData: '', secretRef: { name: '' } }),
      field: `${VOLUME}.cloudInitNoCloud`,
      says: 'got none',
    },
    {
      rule: 'cloud-init-user-data-single',
      accepts: noCloud({ userData: 'x', secretRef: { name: '' } }),
      refuses: noCloud({ userData: 'x', secretRef: { name: 's' } }),
      field: `${VOLUME}.cloudInitNoCloud`,
      says: 'got ["userData","secretRef"]',
    },
    {
      rule: 'cloud-init-network-data-single',
      accepts: configDrive({ userData: 'x', networkData: 'y' }),
      refuses: configDrive({ userData: 'x', networkData: 'y', networkDataBase64: 'eA==' }),
      field: `${VOLUME}.cloudInitConfigDrive`,
      says: 'got ["networkData","networkDataBase64"]',
    },
    ...['x!', 'eA=', 'eA', 'eA==eA==', '===='].map((userDataBase64) => ({
      rule: 'cloud-init-user-data-base64',
      accepts: noCloud({ userDataBase64: 'eA\n==' }),
      refuses: noCloud({ userDataBase64 }),
      field: `${VOLUME}.cloudInitNoCloud.userDataBase64`,
      says: `got ${JSON.stringify(userDataBase64)}`,
    })),
    {
      rule: 'cloud-init-network-data-base64',
      accepts: configDrive({ networkDataBase64: 'eHh4' }),
      refuses: configDrive({ networkDataBase64: '!' }),
      field: `${VOLUME}.cloudInitConfigDrive.networkDataBase64`,
      says: 'got "!"',
    },
    {
      rule: 'cloud-init-user-data-size',
      accepts: noCloud({ userData: 'é'.repeat(1024) }),
      refuses: noCloud({ userData: `${'é'.repeat(1024)}x` }),
      field: `${VOLUME}.cloudInitNoCloud`,
      says: 'at most 2048 bytes, got 2049',
    },
    {
      rule: 'cloud-init-network-data-size',
      accepts: noCloud({ networkDataBase64: Buffer.alloc(2048).toString('base64') }),
      refuses: noCloud({ networkDataBase64: Buffer.alloc(2049).toString('base64') }),
      field: `${VOLUME}.cloudInitNoCloud`,
      says: 'got 2049',
    },
  ]);

  test('reads no more than the first of two kinds', () => {
    const both = { 'T.volumes.1': { name: 'ci', cloudInitNoCloud: { userData: 'x' }, cloudInitConfigDrive: {} } };
    expect(refusals(both)).toEqual([VOLUME]);
  });
});
