import { IDENTITY_KEYS, type AwsFile, type ManagedSection, type SectionValues } from '../core/managed';
import { badProfile } from '../errors';
import type { ManagedProfiles } from '../world';
import type { AwsFilePaths } from './aws-files';
import { editFile, lookAt, type EditPorts } from './edit-file';
import { putSection, removeSections, sectionsOf, type PlacedSection } from './ini/managed';

/** The sections of AWS's two files that tsawsume wrote: `manager = tsawsume`. */
export function openManagedProfiles(paths: AwsFilePaths, ports: EditPorts): ManagedProfiles {
  const pathOf = (file: AwsFile): string => {
    const path = paths[file];
    if (path !== undefined) return path;
    throw badProfile(`can't find AWS's ${file} file: HOME is not set`, 'set HOME, or name the file');
  };
  const check = (file: AwsFile, name: string, bytes?: Buffer): void => {
    for (const each of ['config', 'credentials'] as const) {
      const path = each === file ? pathOf(each) : paths[each];
      if (path === undefined || path === '/dev/null') continue;
      const now = each === file ? (bytes ?? lookAt(path)) : lookAt(path);
      const foreign = sectionsOf(now, each).find(
        (section) => section.name === name && (each === file ? !section.managed : speaks(section)),
      );
      if (foreign !== undefined) throw notOurs(path, name, foreign);
    }
  };
  return {
    names: (file) =>
      sectionsOf(lookAt(pathOf(file)), file)
        .filter(({ managed }) => managed)
        .map(({ name }) => name),
    check,
    put: async (file, name, values: SectionValues) => {
      await editFile(pathOf(file), ports, (bytes) => {
        check(file, name, bytes);
        return putSection(bytes, file, name, values);
      });
    },
    remove: async (file, which) => {
      const path = pathOf(file);
      let removed: readonly ManagedSection[] = [];
      // Nothing of ours in it: no lock, and no file where there is none.
      if (!sectionsOf(lookAt(path), file).some((section) => section.managed && which(section)))
        return removed;
      await editFile(path, ports, (bytes) => {
        const left = removeSections(bytes, file, which);
        ({ removed } = left);
        return left.bytes;
      });
      return removed;
    },
  };
}

/** Whether a profile of the other file says who it is. */
const speaks = ({ values }: PlacedSection): boolean => IDENTITY_KEYS.some((key) => values.has(key));

const notOurs = (path: string, name: string, { line, values }: PlacedSection): Error =>
  badProfile(
    `there is a profile "${name}" that tsawsume did not write (${path}:${String(line)})`,
    values.get('manager') === 'awsume'
      ? 'it is one of awsume’s: remove it, or take another name'
      : 'only profiles with manager = tsawsume are ever changed: take another name',
  );
