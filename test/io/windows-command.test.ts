import { describe, expect, it } from 'vitest';
import { windowsCommand } from '../../src/io/windows-command';

const ENV = { Path: 'C:\\bin;C:\\tools', PATHEXT: '.COM;.EXE;.CMD', COMSPEC: 'C:\\Windows\\cmd.exe' };
const FILES = new Set(['C:\\tools\\terraform.EXE', 'C:\\tools\\az.CMD', 'C:\\bin\\x.ps1', '.\\here.CMD']);
const find = (command: string, ...args: string[]) =>
  windowsCommand(command, args, ENV, (path) => FILES.has(path));

describe('a command on Windows', () => {
  it('is found in the folders of Path with the endings of PATHEXT', () => {
    expect(find('terraform', 'a b')).toEqual({
      command: 'C:\\tools\\terraform.EXE',
      args: ['a b'],
      verbatim: false,
    });
  });

  it('is left as it is when it is nowhere: the system says so', () => {
    expect(find('nonesuch')).toEqual({ command: 'nonesuch', args: [], verbatim: false });
  });

  it('is run by cmd.exe when it is a batch file, with nothing for cmd.exe to obey', () => {
    const { command, args, verbatim } = find('az', 'a b', '%PATH%', '&calc', 'say "hi"\\');
    expect(command).toBe('C:\\Windows\\cmd.exe');
    expect(verbatim).toBe(true);
    expect(args.slice(0, 3)).toEqual(['/d', '/s', '/c']);
    expect(args[3]).toBe(
      '"C:\\tools\\az.CMD ^^^"a^^^ b^^^" ^^^"^^^%PATH^^^%^^^" ^^^"^^^&calc^^^" ^^^"say^^^ \\^^^"hi\\^^^"\\\\^^^""',
    );
    expect(find('.\\here').args[3]).toBe('"here.CMD"');
  });
});
