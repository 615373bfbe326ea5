import { report } from '..';
import { placeholdersIn } from './template';

describe('placeholdersIn', () => {
  test.each([
    ['\'name\' must be a DNS name, got "${VM_NAME}"', ['${VM_NAME}']],
    ['\'url\' must be a URL, got "http://{{ .Host }}/{{x}}"', ['{{ .Host }}', '{{x}}']],
    ['\'name\' must be a DNS name, got "{{ a{{ b | default({}) }} }}-{{"', ['{{ b | default({}) }}']],
    ['\'name\' must be a DNS name, got "{{a}}{{b}}}}-{c}}"', ['{{a}}', '{{b}}']],
    ['\'name\' must be a DNS name, got "<vm_name>"', ['<vm_name>']],
    ['\'size\' must be a quantity, got "ENC[AES256_GCM,data:x"', ['ENC[AES256_GCM,']],
    ['\'name\' must be a DNS name, got "$NAME"', ['$NAME']],
    ['\'name\' must be a DNS name, got "vm-$(NAME)"', ['$(NAME)']],
    ['\'namespace\' must be a DNS label, got "@NAMESPACE@"', ['@NAMESPACE@']],
    ['\'key\' must be base64, got "<< KEY_IN_BASE64 >>"; use stringData', ['<< KEY_IN_BASE64 >>']],
    ['\'other\' must be base64, got "KEY_HERE_IN_BASE_64"', ['KEY_HERE_IN_BASE_64']],
    ['\'guest\' must be a quantity, got "VM_MEMORY"', ['VM_MEMORY']],
    ['\'name\' must be a DNS name, got "CHANGEME"', ['CHANGEME']],
    ['\'name\' must be a DNS name, got "WEB"', []],
    ['\'name\' must be a DNS name, got "your_web.REPLACE"', []],
    ['\'name\' must be a DNS name, got "1_2"', []],
    ['\'text\' must be short, got "echo $HOME and VM_NAME"', []],
    ['\'xml\' must be base64, got "<domain><os/></domain>"', []],
    ['\'${key}\' must be a quantity, got "x"', []],
    ["'name' must be given, got nothing", []],
  ])('finds them in the value alone: %s', (message, found) => expect(placeholdersIn(message)).toEqual(found));
});

test('an object with placeholders has one note, and its other findings', () => {
  const metadata = { name: '${NAME}', namespace: '${NAMESPACE}' };
  const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata, spec: { volumeMode: 'File' } };
  const { findings, unchecked } = report([claim]);
  expect(findings.map(({ rule }) => rule)).toContain('schema-enum');
  expect(findings.map(({ rule }) => rule)).not.toContain('metadata-name');
  expect(unchecked).toMatchObject([
    {
      object: { name: '${NAME}' },
      reason: 'not reviewed where it holds ${NAME}, ${NAMESPACE}: fill in what stands for something else first',
    },
  ]);
});
