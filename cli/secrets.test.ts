import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { main } from './main';

/** Each secret holds the word; what stands around it does not. */
const WORD = 'hunter2';

const BASE64 = Buffer.from(`#cloud-config\npassword: ${WORD}\n`).toString('base64');

const manifests = (more = ''): string => `
apiVersion: v1
kind: Secret
metadata: { name: keys, namespace: shop }
data: { a: "${WORD}${more}" }
stringData: { b: "${WORD}${more}", c: ["${WORD}${more}"] }
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: fast }
provisioner: csi.example.com
parameters: { restUserPassword: "${WORD}${more}" }
---
apiVersion: cdi.kubevirt.io/v1beta1
kind: DataVolume
metadata: { name: disk, namespace: shop }
spec:
  source: { http: { url: "https://me:${WORD}${more}@host/x.img?sig=${WORD}", extraHeaders: ["Authorization: ${WORD}${more}"] } }
  storage: { resources: { requests: { storage: 1Gi } }, storageClassName: fast }
---
apiVersion: kubevirt.io/v1
kind: VirtualMachine
metadata: { name: web, namespace: shop, annotations: { example.com/token: "${WORD}${more}" } }
spec:
  runStrategy: Always
  template:
    spec:
      domain:
        memory: { guest: 1Gi }
        devices: { disks: [{ name: root, disk: { bus: virtio } }, { name: seed, disk: {} }, { name: other, disk: {} }] }
      readinessProbe: { httpGet: { port: 80, httpHeaders: [{ name: Authorization, value: "${WORD}${more}" }] } }
      volumes:
        - { name: root, dataVolume: { name: disk } }
        - { name: seed, cloudInitNoCloud: { userData: "#cloud-config\\npassword: ${WORD}${more}\\n" } }
        - { name: other, cloudInitConfigDrive: { userDataBase64: "${BASE64}", unknown: "${WORD}${more}" } }
---
password: *${WORD}
`;

let folder: string;
beforeAll(() => {
  folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'secrets-')));
  fs.writeFileSync(path.join(folder, 'old.yaml'), manifests());
  fs.writeFileSync(path.join(folder, 'new.yaml'), manifests('x'));
  fs.writeFileSync(path.join(folder, 'broken.yaml'), `provisioner: {{ "${WORD}" }\n  - *${WORD}`);
  fs.writeFileSync(path.join(folder, 'options.yaml'), `accept: ["${WORD}"]\n`);
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

async function printed(argv: readonly string[]): Promise<string> {
  let all = '';
  const add = (text: string): void => void (all += text);
  await main(argv, { cwd: folder, stdin: () => Promise.resolve(Buffer.from(manifests())), say: add, complain: add });
  return all;
}

describe('no command prints a secret', () => {
  test.each([
    ...['table', 'json', 'sarif', 'github', 'html'].map((format) => `check old.yaml --format ${format}`),
    ...['markdown', 'json', 'html'].map((format) => `inventory old.yaml --format ${format}`),
    ...['table', 'json', 'sarif', 'github', 'markdown', 'html'].map(
      (format) => `diff old.yaml new.yaml --format ${format}`,
    ),
    'check - --all-releases --verbose',
    'check old.yaml --storage new.yaml',
    'check old.yaml --storage broken.yaml',
    'inventory old.yaml --storage broken.yaml',
    'check broken.yaml',
    'import old.yaml',
    'import -',
  ])('%s', async (command) => {
    const text = await printed(command.split(' '));
    expect(text.length).toBeGreaterThan(20);
    expect(text).not.toContain(WORD);
    expect(text).not.toContain(BASE64.slice(0, 24));
    expect(text).not.toContain(Buffer.from(WORD).toString('base64').slice(0, 8));
  });
});
