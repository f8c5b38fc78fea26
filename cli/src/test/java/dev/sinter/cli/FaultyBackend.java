package dev.sinter.cli;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.exec.Backend;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.LoadedProgram;
import dev.sinter.ir.exec.Program;
import dev.sinter.ir.exec.RunContext;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.plan.Step;
import dev.sinter.ir.schedule.Target;
import dev.sinter.ir.type.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/// Devices that do what no device should: `faulty:wrong` computes one element wrong, `faulty:failing` fails, and
/// `faulty:crashing` has a fault of the program itself. They pose as FPGAs, which are not chosen unless asked for.
public final class FaultyBackend implements Backend {
    @Override
    public String name() {
        return "faulty";
    }

    @Override
    public List<Device> devices() {
        return List.of(
                new FaultyDevice("faulty:wrong"),
                new FaultyDevice("faulty:failing"),
                new FaultyDevice("faulty:crashing"));
    }

    @Override
    public String whyUnavailable() {
        return "";
    }

    private record FaultyDevice(String id) implements Device {
        private static Device sound() {
            return ServiceLoader.load(Backend.class).stream()
                    .map(ServiceLoader.Provider::get)
                    .filter(backend -> backend.name().equals("jvm"))
                    .flatMap(backend -> backend.devices().stream())
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public String name() {
            return "a device that is " + id.substring(id.indexOf(':') + 1);
        }

        @Override
        public String backend() {
            return "faulty";
        }

        @Override
        public Target target() {
            Target target = sound().target();
            return new Target(
                    "faulty",
                    Target.Kind.FPGA,
                    1,
                    target.vectorRegisters(),
                    1,
                    1,
                    target.clock(),
                    target.flopsPerCycle(),
                    target.memoryBytes(),
                    target.memoryBandwidth(),
                    target.localBytes(),
                    target.cacheBytes(),
                    target.launchOverhead(),
                    Optional.of(new Target.Fpga(1000, 0, 0, "aoc")));
        }

        @Override
        public Map<String, String> details() {
            return Map.of("purpose", "tests");
        }

        @Override
        public LoadedProgram load(Program program, Trace trace) {
            LoadedProgram loaded = sound().load(program, trace);
            return new LoadedProgram() {
                @Override
                public RunContext newContext() {
                    return new FaultyContext(id, loaded.newContext());
                }

                @Override
                public void close() {
                    loaded.close();
                }
            };
        }
    }

    private record FaultyContext(String device, RunContext sound) implements RunContext {
        @Override
        public void write(Value value, Tensor tensor) {
            sound.write(value, tensor);
        }

        @Override
        public void start(Step step) {
            sound.start(step);
        }

        @Override
        public void finish() {
            if (device.equals("faulty:failing")) {
                throw new CompileException(Code.DEVICE_RUN, device, "running failed", null);
            }
            if (device.equals("faulty:crashing")) {
                throw new IllegalStateException("no such thing");
            }
            sound.finish();
        }

        @Override
        public Tensor read(Value value) {
            Tensor tensor = sound.read(value);
            long last = tensor.shape().elements() - 1;
            tensor.set(last, tensor.get(last) + 1);
            return tensor;
        }

        @Override
        public List<KernelTime> times() {
            return sound.times();
        }

        @Override
        public void close() {
            sound.close();
        }
    }
}
