package dev.sinter.cli.explain;

import dev.sinter.ir.analysis.NetworkRunner;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.type.Tensor;
import java.util.Map;

/// Runs measurements on a device, as compiled.
record DeviceRunner(Device device, CompileOptions options) implements NetworkRunner {
    @Override
    public Loaded load(Graph graph) {
        return new OnDevice(Sinter.compile(graph, device, options));
    }

    private record OnDevice(Executable executable) implements Loaded {
        @Override
        public Map<String, Tensor> run(Map<String, Tensor> inputs) {
            return executable.run(inputs);
        }

        @Override
        public void close() {
            executable.close();
        }
    }
}
