import { App, Chart, Size } from 'cdk8s';
import { Construct } from 'constructs';
import * as kubevirt from '../index';
import { placed } from './scope';

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

describe.each(Object.entries(MAKERS))('the id of a %s', (_name, make) => {
  const chart = (): Chart => new Chart(new App(), 'shop');

  it('fails when another construct of the chart has it', () => {
    const scope = chart();
    make(scope);
    const must =
      "'id' must differ from that of every other construct in 'shop', got \"web\"; write for example 'web-2'";
    expect(() => make(scope)).toThrow(`[shop/web] ${must}`);
  });
});

describe('placed', () => {
  it('takes a chart, and a construct in one', () => {
    const chart = new Chart(new App(), 'shop');
    const team = new Construct(chart, 'team');
    expect(placed(chart, 'web')).toEqual([chart, 'web']);
    expect(placed(team, 'web')).toEqual([team, 'web']);
  });

  it.each([
    ['a number', 5, '[shop] \'id\' must be text, got 5; write "5"'],
    ['missing', undefined, "[shop] 'id' must be text, got nothing; write for example 'web'"],
    ['empty', '', "[shop] 'id' must be text, got \"\"; write for example 'web'"],
  ])('fails when the id is %s', (_what, id, message) => {
    const chart = new Chart(new App(), 'shop');
    expect(() => placed(chart, id as string)).toThrow(message);
  });
});
