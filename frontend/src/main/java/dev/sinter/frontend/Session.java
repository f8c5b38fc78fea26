package dev.sinter.frontend;

import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A model on a device that is compiled for what it is fed: dimensions that the file leaves open, and inputs whose
/// values decide the shapes of others, are bound by the tensors of each run.
///
/// Each such choice is compiled once, when it is first met; the latest few are kept. Safe to share between threads:
/// runs go on side by side; while one compiles, or one that was put out is still running, others that have not begun
/// wait.
///
/// ```
/// try (Session session = Session.of(Model.read(file), device)) {
///     Map<String, Tensor> outputs = session.run(Map.of("image", anySize));
/// }
/// ```
public final class Session implements AutoCloseable {
    /// How many compiled choices are kept, if nobody says another number.
    public static final int USUAL_MOST = 8;

    private final Model model;
    private final Device device;
    private final CompileOptions options;
    private final int most;
    private final Map<Key, Compiled> compiled = new LinkedHashMap<>(16, 0.75f, true);
    /// Inputs that mattered by value so far: no fewer with time, so that a choice is found again.
    private List<String> constants = List.of();
    private long compilations;
    private boolean closed;

    /// What a compilation depends on: the shapes of all inputs, and the values of some.
    private record Key(Map<String, Shape> shapes, Map<String, TensorBits> values) {}

    /// A tensor by its bits.
    private record TensorBits(Tensor tensor) {
        @Override
        public boolean equals(Object other) {
            return other instanceof TensorBits(Tensor own) && tensor.type().equals(own.type()) && tensor.sameBits(own);
        }

        @Override
        public int hashCode() {
            return tensor.data().asByteBuffer().hashCode();
        }
    }

    /// @param constants the names of inputs that it was compiled for
    private record Compiled(Executable executable, List<String> constants) {}

    private Session(Model model, Device device, CompileOptions options, int most) {
        this.model = model;
        this.device = device;
        this.options = options;
        this.most = most;
    }

    public static Session of(Model model, Device device) {
        return of(model, device, CompileOptions.DEFAULT, USUAL_MOST);
    }

    /// @param most how many compiled choices are kept, at least 1; what was not used for longest goes first
    public static Session of(Model model, Device device, CompileOptions options, int most) {
        if (most < 1) {
            throw new IllegalArgumentException("keeps " + most + " compiled networks but at least 1 is needed");
        }
        return new Session(model, device, options, most);
    }

    /// Runs the network, compiling it first if it has not met such shapes, or such values where they matter.
    ///
    /// @param inputs one tensor for each of the model's inputs, by name
    /// @return one per output, by name
    /// @throws dev.sinter.ir.diag.CompileException if the inputs do not fit the model, or it is not supported so
    /// @throws IllegalStateException if this is closed
    public Map<String, Tensor> run(Map<String, Tensor> inputs) {
        while (true) {
            Compiled network = compiled(inputs);
            Map<String, Tensor> fed = new LinkedHashMap<>(inputs);
            network.constants().forEach(fed::remove);
            try {
                return network.executable().run(fed);
            } catch (IllegalStateException gone) {
                // Another run may have put this one out of the cache before it began.
                if (isKept(network)) {
                    throw gone;
                }
            }
        }
    }

    /// How often this has compiled.
    public synchronized long compilations() {
        return compilations;
    }

    private synchronized boolean isKept(Compiled network) {
        return closed || compiled.containsValue(network);
    }

    private synchronized Compiled compiled(Map<String, Tensor> inputs) {
        if (closed) {
            throw new IllegalStateException("the session of " + model.name() + " is closed");
        }
        Compiled before = compiled.get(key(inputs));
        if (before != null) {
            return before;
        }
        BoundModel bound = BoundModel.of(model, inputs);
        Executable executable = Sinter.compile(bound.graph(), device, options);
        compilations++;
        constants = Stream.concat(constants.stream(), bound.constants().stream())
                .distinct()
                .toList();
        Compiled made = new Compiled(executable, bound.constants());
        compiled.put(key(copies(inputs)), made);
        Iterator<Compiled> oldest = compiled.values().iterator();
        while (compiled.size() > most) {
            Compiled dropped = oldest.next();
            oldest.remove();
            dropped.executable().close();
        }
        return made;
    }

    /// What callers may write to later.
    private Map<String, Tensor> copies(Map<String, Tensor> inputs) {
        Map<String, Tensor> copies = new LinkedHashMap<>(inputs);
        for (String name : constants) {
            Tensor given = Objects.requireNonNull(inputs.get(name));
            Tensor copy = Tensor.allocate(given.type());
            copy.data().copyFrom(given.data());
            copies.put(name, copy);
        }
        return copies;
    }

    private Key key(Map<String, Tensor> inputs) {
        Map<String, Shape> shapes = new TreeMap<>();
        Map<String, TensorBits> values = new TreeMap<>();
        inputs.forEach((name, tensor) -> {
            shapes.put(name, tensor.shape());
            if (constants.contains(name)) {
                values.put(name, new TensorBits(tensor));
            }
        });
        return new Key(shapes, values);
    }

    /// Waits for runs in flight.
    @Override
    public synchronized void close() {
        closed = true;
        compiled.values().forEach(network -> network.executable().close());
        compiled.clear();
    }
}
