package dev.sinter.backend.tornado;

import dev.sinter.ir.kernel.Kernel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// Which arrays move between this process and a device, and when, if some kernels run one after the other.
final class ArrayTraffic {
    /// Version 5.2 has room for 1,024 nodes in a task graph. How many a task and an array take is found by trying, and
    /// leaves a margin.
    private static final int MOST_NODES = 700;

    private static final int NODES_OF_TASK = 6;
    private static final int NODES_OF_ARRAY = 4;

    private final Function<Kernel, Object[]> arrays;
    private final Set<Object> constants;

    /// @param arrays those of a kernel's arguments
    ArrayTraffic(Function<Kernel, Object[]> arrays, Collection<Object> constants) {
        this.arrays = arrays;
        this.constants = distinct(constants);
    }

    /// Kernels that are one task graph.
    record Part(List<Kernel> kernels, TornadoPlan.Transfers transfers) {}

    private static Set<Object> distinct(Collection<Object> all) {
        Set<Object> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
        distinct.addAll(all);
        return distinct;
    }

    private Set<Object> used(List<Kernel> kernels) {
        Set<Object> used = distinct(List.of());
        kernels.forEach(kernel -> Collections.addAll(used, arrays.apply(kernel)));
        return used;
    }

    private Set<Object> written(List<Kernel> kernels) {
        Set<Object> written = distinct(List.of());
        for (Kernel kernel : kernels) {
            Object[] all = arrays.apply(kernel);
            for (int place = 0; place < all.length; place++) {
                if (kernel.arguments().get(place).written()) {
                    written.add(all[place]);
                }
            }
        }
        return written;
    }

    private static List<Object> both(Collection<Object> a, Set<Object> b) {
        return a.stream().filter(b::contains).toList();
    }

    private static List<Object> without(Collection<Object> a, Set<Object> b) {
        return a.stream().filter(array -> !b.contains(array)).toList();
    }

    /// Kernels by themselves: all that they touch moves each time, but for constants.
    TornadoPlan.Transfers alone(List<Kernel> kernels) {
        Set<Object> used = used(kernels);
        return new TornadoPlan.Transfers(
                both(used, constants), without(used, constants), List.copyOf(written(kernels)), List.of());
    }

    /// All kernels of a program, in as few parts as there can be: between parts, what one leaves for another goes
    /// through this process.
    ///
    /// @param runs kernels between which this process does something; a part has kernels of one run
    /// @param inputs what this process writes
    /// @param outputs what this process reads
    /// @return the parts of each run
    List<List<Part>> parts(List<List<Kernel>> runs, List<Object> inputs, List<Object> outputs) {
        List<List<List<Kernel>>> divided = runs.stream().map(this::divided).toList();
        List<Part> all = parts(divided.stream().flatMap(List::stream).toList(), distinct(inputs), outputs);
        List<List<Part>> parts = new ArrayList<>();
        int done = 0;
        for (List<List<Kernel>> run : divided) {
            parts.add(all.subList(done, done + run.size()));
            done += run.size();
        }
        return parts;
    }

    private List<Part> parts(List<List<Kernel>> divided, Set<Object> arrived, List<Object> outputs) {
        List<Part> parts = new ArrayList<>();
        for (int place = 0; place < divided.size(); place++) {
            List<Kernel> own = divided.get(place);
            List<Kernel> later = divided.subList(place + 1, divided.size()).stream()
                    .flatMap(List::stream)
                    .toList();
            Set<Object> used = used(own);
            Set<Object> written = written(own);
            Set<Object> wanted = distinct(outputs);
            wanted.addAll(used(later));
            Set<Object> before = distinct(both(used, arrived));
            List<Object> after = both(written, wanted);
            parts.add(new Part(
                    own,
                    new TornadoPlan.Transfers(
                            without(used, before), List.copyOf(before), after, without(written, distinct(after)))));
            arrived.addAll(after);
        }
        return parts;
    }

    private List<List<Kernel>> divided(List<Kernel> kernels) {
        List<List<Kernel>> parts = new ArrayList<>();
        List<Kernel> open = new ArrayList<>();
        for (Kernel kernel : kernels) {
            open.add(kernel);
            if (open.size() > 1 && nodes(open) > MOST_NODES) {
                open.removeLast();
                parts.add(List.copyOf(open));
                open.clear();
                open.add(kernel);
            }
        }
        if (!open.isEmpty()) {
            parts.add(open);
        }
        return parts;
    }

    private int nodes(List<Kernel> kernels) {
        return NODES_OF_TASK * kernels.size() + NODES_OF_ARRAY * used(kernels).size();
    }
}
