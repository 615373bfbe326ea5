/* eslint-disable @typescript-eslint/no-require-imports -- an import would load the module with the library */
import type * as Cdi from '../imports/cdi.kubevirt.io';
import type * as KubeVirt from '../imports/kubevirt.io';
import type * as Snapshot from '../imports/snapshot.storage.k8s.io';

/**
 * The classes that `cdk8s import` generated. A module of them is loaded when its first object is made: a program that
 * imports the library and makes no VM does not read the 700 kB of KubeVirt's.
 */
export const generated = {
  get cdi(): typeof Cdi {
    return require('../imports/cdi.kubevirt.io') as typeof Cdi;
  },
  get kubevirt(): typeof KubeVirt {
    return require('../imports/kubevirt.io') as typeof KubeVirt;
  },
  get snapshot(): typeof Snapshot {
    return require('../imports/snapshot.storage.k8s.io') as typeof Snapshot;
  },
};
