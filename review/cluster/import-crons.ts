import { textAt, valueAt } from '../manifests/json';
import type { Json } from '../rule';

/** The cron of a DataSource: CDI, pkg/common/common.go, DataImportCronLabel. */
const LABEL = 'cdi.kubevirt.io/dataImportCron';

/** Which DataImportCron makes what a DataSource names. */
export class ImportCrons {
  private readonly managed = new Map<string, string>();

  /** Takes in a cron, by its namespace and name. */
  public put(key: string, cron: Json): void {
    this.managed.set(key, `${textAt(cron, 'metadata', 'namespace')}/${textAt(cron, 'spec', 'managedDataSource')}`);
  }

  public delete(key: string): void {
    this.managed.delete(key);
  }

  public deleteAll(isGone: (key: string) => boolean): void {
    for (const key of [...this.managed.keys()].filter(isGone)) this.managed.delete(key);
  }

  /**
   * The cron of a DataSource, by namespace and name. A cron makes a DataSource that is not there, and changes one that
   * bears its label; any other it leaves alone: CDI v1.63.1, pkg/controller/dataimportcron-controller.go, updateDataSource.
   */
  public of(namespace: string, name: string, dataSource: Json | undefined): string | undefined {
    if (dataSource === undefined) {
      return [...this.managed].find(([, managed]) => managed === `${namespace}/${name}`)?.[0];
    }
    const label = valueAt(dataSource, 'metadata', 'labels', LABEL);
    return typeof label === 'string' && label !== '' ? `${namespace}/${label}` : undefined;
  }
}
