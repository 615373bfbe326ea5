/* eslint-disable @typescript-eslint/no-require-imports -- an import would load the module with the library */
import type * as Cdi from '../imports/cdi.kubevirt.io';
import type * as Clone from '../imports/clone.kubevirt.io';
import type * as Export from '../imports/export.kubevirt.io';
import type * as Instancetype from '../imports/instancetype.kubevirt.io';
import type * as KubeVirt from '../imports/kubevirt.io';
import type * as Migrations from '../imports/migrations.kubevirt.io';
import type * as Pool from '../imports/pool.kubevirt.io';
import type * as MachineSnapshot from '../imports/snapshot.kubevirt.io';
import type * as Snapshot from '../imports/snapshot.storage.k8s.io';

/**
 * The classes that `cdk8s import` generated. A module of them is loaded when its first object is made: a program that
 * imports the library and makes no VM does not read the 700 kB of KubeVirt's.
 */
export const generated = {
  get cdi(): typeof Cdi {
    return require('../imports/cdi.kubevirt.io') as typeof Cdi;
  },
  get clone(): typeof Clone {
    return require('../imports/clone.kubevirt.io') as typeof Clone;
  },
  get export(): typeof Export {
    return require('../imports/export.kubevirt.io') as typeof Export;
  },
  get instancetype(): typeof Instancetype {
    return require('../imports/instancetype.kubevirt.io') as typeof Instancetype;
  },
  get kubevirt(): typeof KubeVirt {
    return require('../imports/kubevirt.io') as typeof KubeVirt;
  },
  get migrations(): typeof Migrations {
    return require('../imports/migrations.kubevirt.io') as typeof Migrations;
  },
  get pool(): typeof Pool {
    return require('../imports/pool.kubevirt.io') as typeof Pool;
  },
  get machineSnapshot(): typeof MachineSnapshot {
    return require('../imports/snapshot.kubevirt.io') as typeof MachineSnapshot;
  },
  get snapshot(): typeof Snapshot {
    return require('../imports/snapshot.storage.k8s.io') as typeof Snapshot;
  },
};
