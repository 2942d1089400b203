import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { freePorts, programCalled, versionOf, type Room } from './room';
import { ordered, PARALLEL, SLURM, SLURM_SCRIPT, XARGS, type Order } from './recipes';

/** Something that runs slices: a queue of processes, hosts or a cluster. */
export interface Carrier {
  name: string;
  /** Program and the Debian package that brings it. */
  needs: readonly (readonly [program: string, debianPackage: string])[];
  /** Gets it ready in a room. @returns what runs slices, each into `PART-K.json` in the room, and what ends it */
  start(room: Room): Promise<{ carry(order: Order): Promise<void>; end(): Promise<void> }>;
}

const nothing = (): Promise<void> => Promise.resolve();

const xargs: Carrier = {
  name: 'xargs',
  needs: [
    ['xargs', 'findutils'],
    ['seq', 'coreutils'],
  ],
  start: (room) =>
    Promise.resolve({
      carry: async (order) => void (await room.told(ordered(XARGS, order))),
      end: nothing,
    }),
};

/** One host, reached as others would be: by ssh, with a key that goes with the room. */
async function startHost(room: Room): Promise<() => void> {
  const sshd = programCalled('sshd') ?? 'sshd';
  const [port] = await freePorts(1);
  for (const key of ['host-key', 'own-key'])
    await room.shell(`ssh-keygen -q -t ed25519 -N '' -C laurel-slices -f ${key}`);
  const at = room.folder;
  writeFileSync(
    room.file('sshd_config'),
    `${[
      'ListenAddress 127.0.0.1',
      `Port ${String(port)}`,
      `HostKey ${at}/host-key`,
      `AuthorizedKeysFile ${at}/own-key.pub`,
      'AuthenticationMethods publickey',
      'PermitRootLogin prohibit-password',
      // The room lies in a folder that everybody may write into.
      'StrictModes no',
      'UsePAM no',
      'PidFile none',
      // More at a time than sshd takes from one who has not yet shown a key.
      'MaxStartups 64',
      `SetEnv PATH=${room.env['PATH'] ?? ''}`,
    ].join('\n')}\n`,
  );
  await room.shell(`printf '[127.0.0.1]:${String(port)} %s\\n' "$(cut -d' ' -f1,2 host-key.pub)" > known_hosts`);
  writeFileSync(
    room.file('ssh_config'),
    `${[
      'Host one',
      '  HostName 127.0.0.1',
      `  Port ${String(port)}`,
      `  User ${userInfo().username}`,
      `  IdentityFile ${at}/own-key`,
      '  IdentitiesOnly yes',
      `  UserKnownHostsFile ${at}/known_hosts`,
      '  StrictHostKeyChecking yes',
      '  BatchMode yes',
    ].join('\n')}\n`,
  );
  writeFileSync(room.file('hosts'), `2/ssh -F ${at}/ssh_config one\n`);
  // Debian's sshd wants this folder of root's, which its service makes.
  const made = userInfo().uid === 0 ? mkdirSync('/run/sshd', { recursive: true, mode: 0o755 }) : undefined;
  room.daemon('sshd', sshd, ['-D', '-e', '-f', room.file('sshd_config')]);
  await room.until('ssh -F ssh_config one laurel --version', /^\d/m);
  return () => {
    if (made !== undefined) rmSync(made, { recursive: true });
  };
}

const parallel: Carrier = {
  name: 'parallel',
  needs: [
    ['parallel', 'parallel'],
    ['sshd', 'openssh-server'],
    ['ssh', 'openssh-client'],
  ],
  start: async (room) => {
    room.say(`${versionOf('parallel', '--version')}; ${versionOf('ssh', '-V')}`);
    // It asks to be cited, once for each user, on the stream that a log is made of.
    mkdirSync(room.file('parallel-home'));
    writeFileSync(room.file('parallel-home/will-cite'), '');
    room.env['PARALLEL_HOME'] = room.file('parallel-home');
    const endHost = await startHost(room);
    return {
      carry: async (order) => void (await room.told(ordered(PARALLEL, order))),
      end: () => {
        endHost();
        return nothing();
      },
    };
  },
};

/** A cluster of one node that needs neither cgroups nor a service of the system: any user may start it. */
function clusterOf(room: Room, [controller, node]: number[]): string {
  const { username } = userInfo();
  const at = room.folder;
  return `${[
    'ClusterName=laurel',
    `SlurmctldHost=${hostname()}(127.0.0.1)`,
    `SlurmUser=${username}`,
    `SlurmdUser=${username}`,
    `SlurmctldPort=${String(controller)}`,
    `SlurmdPort=${String(node)}`,
    'AuthType=auth/munge',
    `AuthInfo=socket=${at}/munge.socket`,
    'CommunicationParameters=NoInAddrAny,NoCtldInAddrAny',
    `StateSaveLocation=${at}/controller`,
    `SlurmdSpoolDir=${at}/node`,
    `SlurmctldPidFile=${at}/slurmctld.pid`,
    `SlurmdPidFile=${at}/slurmd.pid`,
    'ProctrackType=proctrack/linuxproc',
    'TaskPlugin=task/none',
    'MpiDefault=none',
    'JobAcctGatherType=jobacct_gather/none',
    'AccountingStorageType=accounting_storage/none',
    'SelectType=select/cons_tres',
    'SelectTypeParameters=CR_CPU',
    'SchedulerParameters=sched_min_interval=100000,batch_sched_delay=1',
    'ReturnToService=2',
    `NodeName=one NodeHostname=${hostname()} NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN`,
    'PartitionName=slices Nodes=one Default=YES MaxTime=10 State=UP',
  ].join('\n')}\n`;
}

const slurm: Carrier = {
  name: 'slurm',
  needs: [
    ['munged', 'munge'],
    ['slurmctld', 'slurm-wlm'],
    ['slurmd', 'slurm-wlm'],
    ['sbatch', 'slurm-wlm'],
  ],
  start: async (room) => {
    const munged = programCalled('munged') ?? 'munged';
    const slurmd = programCalled('slurmd') ?? 'slurmd';
    room.say(`${versionOf(slurmd, '-V')}; ${versionOf(munged, '--version')}`);
    for (const folder of ['controller', 'node']) mkdirSync(room.file(folder));
    writeFileSync(room.file('munge.key'), randomBytes(128), { mode: 0o400 });
    const at = room.folder;
    room.daemon('munged', munged, [
      '--foreground',
      `--key-file=${at}/munge.key`,
      `--socket=${at}/munge.socket`,
      `--pid-file=${at}/munged.pid`,
      `--log-file=${at}/munged-own.log`,
      `--seed-file=${at}/munge.seed`,
    ]);
    await room.until('munge --no-input --socket munge.socket', /^MUNGE:/);
    writeFileSync(room.file('slurm.conf'), clusterOf(room, await freePorts(2)));
    room.env['SLURM_CONF'] = room.file('slurm.conf');
    room.daemon('slurmctld', programCalled('slurmctld') ?? 'slurmctld', ['-D']);
    room.daemon('slurmd', slurmd, ['-D', '-N', 'one']);
    await room.until('sinfo --noheader --format="%N %t"', /^one idle$/m);
    await room.told('sinfo');
    return {
      carry: async (order) => {
        writeFileSync(room.file('slices.sh'), ordered(SLURM_SCRIPT, order));
        await room.told('cat slices.sh');
        const job = /(\d+)$/.exec(await room.told(SLURM))?.[1] ?? '';
        const { text } = await room.shell(`scontrol show job ${job} --oneliner`);
        const fields = ['ArrayTaskId', 'JobState', 'ExitCode', 'NodeList', 'NumCPUs', 'RunTime'];
        const tasks = text.split('\n').map((line) => {
          const said = new Map(line.split(' ').map((field) => field.split('=') as [string, string]));
          return fields.map((field) => `${field}=${said.get(field) ?? ''}`).join(' ');
        });
        room.say(`$ scontrol show job ${job}\n${tasks.sort().join('\n').replaceAll(/^/gm, '  ')}`);
      },
      end: async () => {
        await room.shell('scancel --user "$(id -un)"');
        await room.until('squeue --noheader', /^$/);
      },
    };
  },
};

/** By what `npm run slices` calls them. */
export const CARRIERS: readonly Carrier[] = [xargs, parallel, slurm];

/** @returns Debian packages that bring what a carrier needs and this system does not have */
export function missingFor(carrier: Carrier): string[] {
  const lacking = carrier.needs.filter(([program]) => programCalled(program) === undefined);
  return [...new Set(lacking.map(([, name]) => name))];
}
