import { describe, expect, it } from 'vitest';
import { type DoctorReport, type DoctorTool, renderDoctorJson, renderDoctorText } from '../../src/report/doctor.ts';

const base = {
  product: 'Prometheus',
  minimum: '2.42.0',
  debianPackage: 'prometheus',
  purpose: 'checks rules',
  without: 'rules are checked by qmon only',
};

const tools: readonly DoctorTool[] = [
  { ...base, name: 'promtool', status: 'ready', path: '/usr/bin/promtool', version: '2.53.3' },
  { ...base, name: 'amtool', status: 'missing' },
  { ...base, name: 'prometheus', status: 'too-old', path: '/opt/p', version: '2.24.1' },
  { ...base, name: 'alertmanager', status: 'broken', path: '/opt/a' },
];

const report: DoctorReport = { qmon: '0.1.0', node: '20.19.0', platform: 'linux x64', tools };

describe('qmon doctor', () => {
  it('prints a table and what follows', () => {
    expect(renderDoctorText(report)).toBe(`\
qmon 0.1.0, Node 20.19.0, linux x64

tool          version  status   path
promtool      2.53.3   ready    /usr/bin/promtool
amtool        -        missing  -
prometheus    2.24.1   too-old  /opt/p
alertmanager  -        broken   /opt/a

promtool: checks rules
amtool: not found: rules are checked by qmon only; install Prometheus 2.42.0 or newer (Debian package prometheus)
prometheus: 2.24.1 is older than 2.42.0, the oldest that qmon is tested with: its verdict may be wrong; install Prometheus 2.42.0 or newer (Debian package prometheus)
alertmanager: does not say its version: rules are checked by qmon only if it does not run; install Prometheus 2.42.0 or newer (Debian package prometheus)
`);
  });

  it('prints one JSON document with the same content', () => {
    const json = JSON.parse(renderDoctorJson(report));
    expect(json).toMatchObject({ version: 1, qmon: '0.1.0', node: '20.19.0', platform: 'linux x64' });
    expect(json.tools[0]).toEqual({
      name: 'promtool',
      status: 'ready',
      version: '2.53.3',
      path: '/usr/bin/promtool',
      minimum: '2.42.0',
      consequence: 'checks rules',
    });
    expect(json.tools[1]).toMatchObject({ status: 'missing', version: null, path: null });
    expect(json.tools[2].consequence).toMatch(/^2\.24\.1 is older than 2\.42\.0/);
  });
});
