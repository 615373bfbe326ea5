import { childIn, textAt, textIn } from '../../manifests/json';
import { Json, Note, Rule } from '../../rule';
import { base64Bytes } from '../shared/formats';
import { must, show } from '../shared/wording';
import { entryRule, TEMPLATE, vmiCreate } from './machine';

/** What cloud-init's volumes may hold in the manifest: vmi-create-admitter.go, cloudInitUserMaxLen and …NetworkMaxLen. */
const MOST_BYTES = 2048;

/** One of the two texts that cloud-init reads, and the keys that it may come by. */
interface Part {
  readonly topic: string;
  readonly text: string;
  readonly base64: string;
  readonly secret: string;
}

const PARTS: readonly Part[] = [
  { topic: 'user-data', text: 'userData', base64: 'userDataBase64', secret: 'secretRef' },
  { topic: 'network-data', text: 'networkData', base64: 'networkDataBase64', secret: 'networkDataSecretRef' },
];

/** cloud-init's volumes. What stands in the text is never read: broken YAML is accepted. */
export const CLOUD_INIT_RULES: readonly Rule[] = [
  cloudInit('cloud-init-given', (data, path, note) => {
    if (PARTS.some((part) => givenKeys(data, part).length > 0)) return;
    note(path, 'cloud-init must have user data or network data, got none', "write 'userData', or remove the volume");
  }),
  ...PARTS.flatMap((part) => [
    cloudInit(`cloud-init-${part.topic}-single`, (data, path, note) => {
      const given = givenKeys(data, part);
      if (given.length < 2) return;
      note(
        path,
        `cloud-init must have one of '${part.text}', '${part.base64}' and '${part.secret}', got ${show(given)}`,
      );
    }),
    cloudInit(`cloud-init-${part.topic}-base64`, (data, path, note) => {
      const text = textAt(data, part.base64);
      if (text === '' || base64Bytes(text) !== undefined) return;
      note(`${path}.${part.base64}`, must(part.base64, 'be base64 of the standard alphabet', text));
    }),
    cloudInit(`cloud-init-${part.topic}-size`, (data, path, note) => {
      const bytes = size(data, part);
      if (bytes <= MOST_BYTES) return;
      const message = `'${part.text}' must have at most ${MOST_BYTES} bytes, got ${bytes}`;
      note(path, message, `put it into a Secret and name that in '${part.secret}'`);
    }),
  ]),
];

/** Where both kinds are given, the webhook reads the first. */
function cloudInit(id: string, check: (data: Json, path: string, note: Note) => void): Rule {
  return entryRule('volumes', id, vmiCreate('validateVolumes'), (volume, index, note) => {
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
