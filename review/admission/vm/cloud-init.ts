import { childIn, textIn } from '../../manifests/json';
import { Json, Note, Rule } from '../../rule';
import { base64Bytes } from '../shared/formats';
import { EVERY_HOLDER } from '../shared/holders';
import { topic } from '../shared/topic';
import { must, show } from '../shared/wording';
import { each, Machine, MachineCheck, TEMPLATE, vmiCreate } from './machine';

/** What cloud-init's volumes may hold in the manifest: vmi-create-admitter.go, cloudInitUserMaxLen and …NetworkMaxLen. */
const MOST_BYTES = 2048;

/** One of the two texts that cloud-init reads, and the keys that it may come by. */
interface Part {
  readonly text: string;
  readonly base64: string;
  readonly secret: string;
}

const USER_DATA: Part = { text: 'userData', base64: 'userDataBase64', secret: 'secretRef' };
const NETWORK_DATA: Part = { text: 'networkData', base64: 'networkDataBase64', secret: 'networkDataSecretRef' };

/** cloud-init's volumes. What stands in the text is never read: broken YAML is accepted. */
export const CLOUD_INIT_RULES: readonly Rule<Machine>[] = topic<Machine>({ kinds: EVERY_HOLDER }, [
  {
    id: 'cloud-init-given',
    about: ['cloudInitConfigDrive', 'cloudInitNoCloud'],
    sentence: 'A cloud-init volume has user data or network data.',
    source: vmiCreate('validateVolumes'),
    check: eachCloudInit((data, path, note) => {
      if ([USER_DATA, NETWORK_DATA].some((part) => givenKeys(data, part).length > 0)) return;
      note(path, 'cloud-init must have user data or network data, got none', "write 'userData', or remove the volume");
    }),
  },
  {
    id: 'cloud-init-user-data-single',
    about: ['secretRef', 'userDataBase64'],
    sentence: 'User data comes from one of text, base64 and a Secret.',
    source: vmiCreate('validateVolumes'),
    check: eachCloudInit((data, path, note) => fromOneSource(USER_DATA, data, path, note)),
  },
  {
    id: 'cloud-init-user-data-base64',
    about: ['userDataBase64'],
    sentence: 'User data that is base64 can be decoded.',
    source: vmiCreate('validateVolumes'),
    check: eachCloudInit((data, path, note) => isBase64(USER_DATA, data, path, note)),
  },
  {
    id: 'cloud-init-user-data-size',
    sentence: 'User data in the manifest has at most 2048 bytes.',
    source: vmiCreate('validateVolumes'),
    check: eachCloudInit((data, path, note) => fits(USER_DATA, data, path, note)),
  },
  {
    id: 'cloud-init-network-data-single',
    about: ['networkDataBase64', 'networkDataSecretRef'],
    sentence: 'Network data comes from one of text, base64 and a Secret.',
    source: vmiCreate('validateVolumes'),
    check: eachCloudInit((data, path, note) => fromOneSource(NETWORK_DATA, data, path, note)),
  },
  {
    id: 'cloud-init-network-data-base64',
    about: ['networkDataBase64'],
    sentence: 'Network data that is base64 can be decoded.',
    source: vmiCreate('validateVolumes'),
    check: eachCloudInit((data, path, note) => isBase64(NETWORK_DATA, data, path, note)),
  },
  {
    id: 'cloud-init-network-data-size',
    about: ['networkData', 'networkDataBase64'],
    sentence: 'Network data in the manifest has at most 2048 bytes.',
    source: vmiCreate('validateVolumes'),
    check: eachCloudInit((data, path, note) => fits(NETWORK_DATA, data, path, note)),
  },
]);

function fromOneSource(part: Part, data: Json, path: string, note: Note): void {
  const given = givenKeys(data, part);
  if (given.length < 2) return;
  note(path, `cloud-init must have one of '${part.text}', '${part.base64}' and '${part.secret}', got ${show(given)}`);
}

function isBase64({ base64 }: Part, data: Json, path: string, note: Note): void {
  const text = textIn(data, base64);
  if (text === '' || base64Bytes(text) !== undefined) return;
  note(`${path}.${base64}`, must(base64, 'be base64 of the standard alphabet', text));
}

function fits(part: Part, data: Json, path: string, note: Note): void {
  const bytes = size(data, part);
  if (bytes <= MOST_BYTES) return;
  const message = `'${part.text}' must have at most ${MOST_BYTES} bytes, got ${bytes}`;
  note(path, message, `put it into a Secret and name that in '${part.secret}'`);
}

/** Where both kinds are given, the webhook reads the first. */
function eachCloudInit(check: (data: Json, path: string, note: Note) => void): MachineCheck {
  return each('volumes', (volume, index, note) => {
    const kind = childIn(volume, 'cloudInitNoCloud') ? 'cloudInitNoCloud' : 'cloudInitConfigDrive';
    const data = childIn(volume, kind);
    if (data !== undefined) check(data, `${TEMPLATE}.volumes[${index}].${kind}`, note);
  });
}

function givenKeys(data: Json, { text, base64, secret }: Part): readonly string[] {
  const given = [text, base64].filter((key) => textIn(data, key) !== '');
  return textIn(childIn(data, secret), 'name') === '' ? given : [...given, secret];
}

function size(data: Json, { text, base64 }: Part): number {
  const plain = textIn(data, text);
  if (plain !== '') return Buffer.byteLength(plain);
  const encoded = textIn(data, base64);
  return encoded === '' ? 0 : (base64Bytes(encoded) ?? 0);
}
