// What a measurement says, in the words of ../gauge.

export class Gauge {
  #cpu = process.cpuUsage();
  #wall = process.hrtime.bigint();

  cpuMicros() {
    const { user, system } = process.cpuUsage(this.#cpu);
    return user + system;
  }

  line(events, bytes) {
    const wall = Number((process.hrtime.bigint() - this.#wall) / 1000n);
    return JSON.stringify({ events, bytes, cpu_us: this.cpuMicros(), wall_us: wall });
  }
}
