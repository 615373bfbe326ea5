import { Construct } from 'constructs';
import { LabPrep } from './0-lab-prep';
import { PvcUpload } from './1-1-pvc-upload';
import { RegistryImport } from './1-2-registry-import';
import { Upload } from './1-3-upload';
import { CloneSameClass } from './1-4-clone-same-class';
import { CloneAcrossClasses } from './1-5-clone-across-classes';
import { TemplateChapter } from './1-6-template-catalogue';
import { SecondaryDisks } from './2-secondary-disks';
import { Uefi } from './3-uefi';
import { Chapter } from './chapter';

/** Adds all chapters of the scenario to an app, in the order in which they are read. */
export function addChapters(app: Construct): Chapter[] {
  const prep = new LabPrep(app, '0-lab-prep');
  const pvcUpload = new PvcUpload(app, '1-1-pvc-upload');
  const registryImport = new RegistryImport(app, '1-2-registry-import');
  const upload = new Upload(app, '1-3-upload');
  const sameClass = new CloneSameClass(app, '1-4-clone-same-class', upload);
  const acrossClasses = new CloneAcrossClasses(app, '1-5-clone-across-classes', upload);
  const templates = new TemplateChapter(app, '1-6-template-catalogue');
  const secondaryDisks = new SecondaryDisks(app, '2-secondary-disks');
  const uefi = new Uefi(app, '3-uefi');
  return [prep, pvcUpload, registryImport, upload, sameClass, acrossClasses, templates, secondaryDisks, uefi];
}
