package dev.sinter.backend.tornado;

import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.kernel.Launch;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A kernel in the form in which TornadoVM gets it.
sealed interface TornadoTask {
    Kernel kernel();

    /// Adds it to a task graph.
    ///
    /// @param arrays in the order of the kernel's arguments
    /// @param first true for the first task of the graph
    void addTo(TornadoApi api, Object graph, String id, Object[] arrays, boolean first);

    /// @param caller what calls the method, for versions of TornadoVM that want that; null for others
    record OfMethod(Kernel kernel, Method method, @Nullable Object caller) implements TornadoTask {
        @Override
        public void addTo(TornadoApi api, Object graph, String id, Object[] arrays, boolean first) {
            Object[] arguments = Stream.concat(Stream.of(api.kernelContext()), Stream.of(arrays))
                    .toArray();
            if (caller == null) {
                api.task(graph, id, method, arguments);
            } else {
                api.task(graph, id, caller, arguments);
            }
        }
    }

    /// One of the kernels of a [PrebuiltProgram].
    ///
    /// @param number an array that holds which one
    /// @param buffers how many the program takes
    record Prebuilt(Kernel kernel, Path file, Object number, int buffers) implements TornadoTask {
        @Override
        public void addTo(TornadoApi api, Object graph, String id, Object[] arrays, boolean first) {
            // What the kernel does not take is never looked at, but must have been set once.
            Object[] all = new Object[1 + (first ? buffers : arrays.length)];
            Arrays.fill(all, number);
            System.arraycopy(arrays, 0, all, 1, arrays.length);
            boolean[] written = new boolean[all.length];
            for (int place = 0; place < arrays.length; place++) {
                written[place + 1] = kernel.arguments().get(place).written();
            }
            api.prebuiltTask(graph, id, PrebuiltProgram.ENTRY, file.toString(), all, written);
        }

        @Override
        public List<Object> ownArrays() {
            return List.of(number);
        }
    }

    /// Arrays that are none of the kernel's.
    default List<Object> ownArrays() {
        return List.of();
    }

    /// Says how many work-items run the task.
    ///
    /// @param task its name with that of its graph
    default void addGrid(TornadoApi api, Object scheduler, String task) {
        int[] items = {1, 1, 1};
        int[] group = {1, 1, 1};
        if (kernel().launch() instanceof Launch.NdRange(List<Launch.Dimension> dimensions)) {
            for (int dimension = 0; dimension < dimensions.size(); dimension++) {
                items[dimension] = Math.toIntExact(dimensions.get(dimension).extent());
                group[dimension] =
                        Math.toIntExact(dimensions.get(dimension).item().extent());
            }
        }
        api.addGrid(scheduler, task, items, group);
    }
}
