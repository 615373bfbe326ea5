import { Size } from 'cdk8s';
import { DataVolumeSource } from '../disks/data-volume-source';
import { failureOf, manifest, manifests, testChart, untyped } from '../shared/testing/manifests';
import { TemplateCatalogueProps, TemplateOptions } from './disk-template';
import { TemplateCatalogue } from './template-catalogue';

const SOURCE = DataVolumeSource.registry('docker://quay.io/containerdisks/alpine:3');
const LEAST = { source: SOURCE, size: Size.gibibytes(1), memory: Size.gibibytes(1) };

describe('TemplateCatalogue', () => {
  test('makes nothing by itself', () => {
    const catalogue = new TemplateCatalogue(testChart('templates'), 'catalogue');
    expect(manifests(catalogue)).toEqual([]);
    expect(catalogue.templates).toEqual([]);
    expect(catalogue.namespace).toBe('templates');
  });

  test('takes all props, and hands them to its templates', () => {
    const props: Required<TemplateCatalogueProps> = { namespace: 'vm-templates', snapshotClassName: 'csi-snap' };
    const chart = testChart('other');
    const catalogue = new TemplateCatalogue(chart, 'catalogue', props);
    const template = catalogue.addTemplate('alpine', LEAST);
    const snapshot = template.takeSnapshot(chart, 'snapshot');
    expect(catalogue.namespace).toBe('vm-templates');
    expect(manifests(catalogue).map(({ metadata }) => metadata.namespace)).toEqual(['vm-templates', 'vm-templates']);
    expect(manifest(snapshot)).toMatchObject({
      metadata: { namespace: 'vm-templates' },
      spec: { volumeSnapshotClassName: 'csi-snap' },
    });
  });

  test('gives its templates in order, as a copy', () => {
    const catalogue = new TemplateCatalogue(testChart(), 'catalogue');
    const first = catalogue.addTemplate('one', LEAST);
    const second = catalogue.addTemplate('two', LEAST);
    catalogue.templates.pop();
    expect(catalogue.templates).toEqual([first, second]);
  });

  test.each<[string, unknown, string]>([
    ['null', null, "'props' must be an object, got null"],
    ['a namespace by itself', 'vm-templates', `'props' must be an object, got "vm-templates"`],
    ['an upper-case namespace', { namespace: 'Templates' }, "'namespace' must be a DNS label"],
    ['an upper-case class', { snapshotClassName: 'Snap' }, "'snapshotClassName' must be a DNS name"],
    ['an unknown prop', { snapshotClass: 'snap' }, `'props' must have known keys only, got "snapshotClass"`],
  ])('fails when given %s', (_, props, message) => {
    const failure = failureOf(
      () => new TemplateCatalogue(testChart(), 'catalogue', untyped<TemplateCatalogueProps>(props)),
    );
    expect(failure).toContain(`[test/catalogue] ${message}`);
  });

  test('fails when two templates have one name', () => {
    const catalogue = new TemplateCatalogue(testChart(), 'catalogue');
    catalogue.addTemplate('alpine', LEAST);
    expect(failureOf(() => catalogue.addTemplate('alpine', LEAST))).toBe(
      `[test/catalogue] 'name' must differ from that of every other template of the catalogue, got "alpine"`,
    );
    expect(catalogue.templates).toHaveLength(1);
  });

  test.each(['Alpine', '', undefined, null, 7, 'a'.repeat(64)])('fails when the name is %p', (name) => {
    const catalogue = new TemplateCatalogue(testChart(), 'catalogue');
    expect(failureOf(() => catalogue.addTemplate(untyped<string>(name), LEAST))).toMatch(
      /^\[test\/catalogue\] 'name' must be a DNS name \(.*, at most 63 characters\)/,
    );
    expect(catalogue.node.children).toEqual([]);
  });

  test.each([undefined, null, 'fedora'])('fails when the options are %p', (options) => {
    const catalogue = new TemplateCatalogue(testChart(), 'catalogue');
    expect(failureOf(() => catalogue.addTemplate('alpine', untyped<TemplateOptions>(options)))).toContain(
      "[test/catalogue] 'options' must be an object, got",
    );
  });

  test('fails when a template is to stand elsewhere', () => {
    const catalogue = new TemplateCatalogue(testChart(), 'catalogue');
    const options = { ...LEAST, namespace: 'other' };
    expect(failureOf(() => catalogue.addTemplate('alpine', options))).toContain(
      `[test/catalogue] 'options' must have known keys only, got "namespace"`,
    );
  });

  test('is as it was after a template that fails', () => {
    const catalogue = new TemplateCatalogue(testChart(), 'catalogue');
    expect(() => catalogue.addTemplate('alpine', { ...LEAST, memory: undefined })).toThrow("'memory' must be given");
    expect(catalogue.templates).toEqual([]);
  });
});
