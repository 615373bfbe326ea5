import { App, Chart, Size } from 'cdk8s';
import { Construct } from 'constructs';
import * as kubevirt from '../index';
import { Faults } from './refusal';
import { requireScope } from './scope';

const { BootableVM, ContainerDisk, DataVolumeImport, DataVolumeSource, Namespace, SecondaryDisk, StorageClass } =
  kubevirt;

const MAKERS: Readonly<Record<string, (scope: Construct) => unknown>> = {
  BootableVM: (scope) =>
    new BootableVM(scope, 'web', { bootDisk: ContainerDisk.of('quay.io/a/b:1'), memory: Size.gibibytes(1) }),
  DataVolumeImport: (scope) =>
    new DataVolumeImport(scope, 'web', { source: DataVolumeSource.blank(), size: Size.gibibytes(1) }),
  SecondaryDisk: (scope) => new SecondaryDisk(scope, 'web', { size: Size.gibibytes(1) }),
  Namespace: (scope) => new Namespace(scope, 'web'),
  StorageClass: (scope) => new StorageClass(scope, 'web', { provisioner: 'csi.example.com' }),
};
const REMEDY = "make a chart, new Chart(app, 'web'), and give it as the first argument";

describe.each(Object.entries(MAKERS))('%s', (_name, make) => {
  it.each([
    ['nothing', undefined, 'nothing'],
    ['null', null, 'null'],
    ['an app', new App(), 'an App'],
  ])('fails when the scope is %s', (_what, scope, got) => {
    expect(() => make(scope as unknown as Construct)).toThrow(
      `[web] 'scope' must be a chart or a construct in one, got ${got}; ${REMEDY}`,
    );
  });
});

describe('requireScope', () => {
  it('takes a chart, and a construct in one', () => {
    const chart = new Chart(new App(), 'shop');
    expect(() => requireScope(new Faults('web'), chart)).not.toThrow();
    expect(() => requireScope(new Faults('web'), new Construct(chart, 'team'))).not.toThrow();
  });
});
