package dev.sinter.tests.support;

import dev.sinter.backend.tornado.TornadoKernelPrinter;
import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.LoadedProgram;
import dev.sinter.ir.exec.Packing;
import dev.sinter.ir.exec.Program;
import dev.sinter.ir.exec.RunContext;
import dev.sinter.ir.expr.Source;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.kernel.Allocations;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.kernel.KernelArray;
import dev.sinter.ir.kernel.Launch;
import dev.sinter.ir.plan.Step;
import dev.sinter.ir.schedule.Target;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Tensor;
import java.lang.classfile.ClassFile;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.NullMarked;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/// Runs the bytecode that is printed for TornadoVM in this process: work-items one by one, or those of a group as
/// threads where they wait for each other.
@NullMarked
public record WorkItemsDevice(Target target) implements Device {
    private static final Map<String, Method> METHODS = new ConcurrentHashMap<>();

    /// Those of [Math] that compilers of devices have.
    private static final Set<String> FUNCTIONS = Set.of("exp", "log", "sqrt", "pow");

    private static final class Loader extends ClassLoader {
        private Loader() {
            super(WorkItemsDevice.class.getClassLoader());
        }

        private Class<?> define(TornadoKernelPrinter.Printed printed) {
            return defineClass(printed.className(), printed.content(), 0, printed.content().length);
        }
    }

    /// The method of a kernel, whose class has passed the verifier.
    public static Method method(Kernel kernel) {
        TornadoKernelPrinter.Printed printed = TornadoKernelPrinter.print(kernel);
        return METHODS.computeIfAbsent(printed.className(), _ -> {
            List<VerifyError> errors = ClassFile.of().verify(printed.content());
            if (!errors.isEmpty()) {
                throw new AssertionError(kernel.name() + ": " + errors);
            }
            requireKnownCalls(kernel, printed);
            return Arrays.stream(new Loader().define(printed).getMethods())
                    .filter(method -> method.getName().equals(TornadoKernelPrinter.METHOD))
                    .findFirst()
                    .orElseThrow();
        });
    }

    /// What TornadoVM's compilers do not know, no kernel may call.
    private static void requireKnownCalls(Kernel kernel, TornadoKernelPrinter.Printed printed) {
        ClassFile.of().parse(printed.content()).methods().stream()
                .flatMap(method -> method.code().orElseThrow().elementStream())
                .forEach(element -> {
                    if (element instanceof InvokeInstruction call) {
                        String owner = call.owner().asInternalName().replace('/', '.');
                        String name = call.name().stringValue();
                        boolean known = owner.equals(printed.className())
                                || owner.startsWith(KernelContext.class.getPackageName())
                                || owner.equals("java.lang.Integer") && name.equals("intValue")
                                || owner.equals("java.lang.Math") && FUNCTIONS.contains(name);
                        if (!known) {
                            throw new AssertionError(kernel.name() + " calls " + owner + "." + name);
                        }
                    }
                });
    }

    @Override
    public String id() {
        return "work-items:" + target.name();
    }

    @Override
    public String name() {
        return "bytecode of work-items for " + target.name();
    }

    @Override
    public String backend() {
        return "work-items";
    }

    @Override
    public Map<String, String> details() {
        return Map.of();
    }

    @Override
    public LoadedProgram load(Program program, Trace trace) {
        program.kernels().forEach(WorkItemsDevice::method);
        return new LoadedProgram() {
            @Override
            public RunContext newContext() {
                return new Context(program);
            }

            @Override
            public void close() {}
        };
    }

    /// Runs all work-items of a kernel.
    ///
    /// @param arrays in the order of its arguments
    public static void run(Kernel kernel, Object[] arrays) {
        Method method = method(kernel);
        int[] groups = {1, 1, 1};
        int[] items = {1, 1, 1};
        if (kernel.launch() instanceof Launch.NdRange(List<Launch.Dimension> dimensions)) {
            for (int dimension = 0; dimension < dimensions.size(); dimension++) {
                groups[dimension] =
                        Math.toIntExact(dimensions.get(dimension).group().extent());
                items[dimension] =
                        Math.toIntExact(dimensions.get(dimension).item().extent());
            }
        }
        boolean together = Allocations.in(kernel.body()).anyMatch(KernelArray::isShared);
        for (int[] group : all(groups)) {
            KernelContext.Group shared = new KernelContext.Group(items[0] * items[1] * items[2]);
            List<KernelContext> contexts = new ArrayList<>();
            all(items).forEach(item -> contexts.add(new KernelContext(shared, group, item)));
            if (together && contexts.size() > 1) {
                together(method, contexts, shared, arrays);
            } else {
                contexts.forEach(context -> invoke(method, context, arrays));
            }
        }
    }

    private static List<int[]> all(int[] extents) {
        List<int[]> all = new ArrayList<>();
        for (int z = 0; z < extents[2]; z++) {
            for (int y = 0; y < extents[1]; y++) {
                for (int x = 0; x < extents[0]; x++) {
                    all.add(new int[] {x, y, z});
                }
            }
        }
        return all;
    }

    private static void together(
            Method method, List<KernelContext> contexts, KernelContext.Group group, Object[] arrays) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (KernelContext context : contexts) {
                running.add(threads.submit(() -> {
                    try {
                        invoke(method, context, arrays);
                    } catch (RuntimeException | Error failure) {
                        group.fail();
                        throw failure;
                    }
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    private static void invoke(Method method, KernelContext context, Object[] arrays) {
        Object[] all = new Object[arrays.length + 1];
        all[0] = context;
        System.arraycopy(arrays, 0, all, 1, arrays.length);
        try {
            method.invoke(null, all);
        } catch (IllegalAccessException | InvocationTargetException failure) {
            throw new AssertionError(failure);
        }
    }

    private static final class Context implements RunContext {
        private final Program program;
        private final Map<Source, Tensor> tensors = new IdentityHashMap<>();

        private Context(Program program) {
            this.program = program;
        }

        @Override
        public void write(Value value, Tensor tensor) {
            Source memory = program.plan().tensorOf(value);
            tensors.put(memory, tensor.reshaped(memory.type().shape()));
        }

        @Override
        public void start(Step step) {
            if (step.kernels().isEmpty()) {
                step.outputs().forEach(tensors::remove);
            }
            for (Kernel kernel : step.kernels()) {
                Object[] arrays = kernel.arguments().stream().map(this::array).toArray();
                run(kernel, arrays);
                for (int place = 0; place < arrays.length; place++) {
                    Kernel.Argument argument = kernel.arguments().get(place);
                    if (argument.written()) {
                        tensors.put(
                                program.plan().tensorOf(argument.source()),
                                Packing.unpack(
                                        ((TornadoNativeArray) arrays[place]).getSegment(),
                                        argument.layout(),
                                        argument.buffer().element()));
                    }
                }
            }
        }

        private TornadoNativeArray array(Kernel.Argument argument) {
            TornadoNativeArray array = allocate(
                    argument.buffer().element(),
                    Math.toIntExact(argument.layout().elements()));
            Packing.clear(
                    array.getSegment(), argument.layout(), argument.buffer().element());
            if (!argument.written()) {
                Source source = program.plan().tensorOf(argument.source());
                Tensor tensor =
                        program.constant(source).orElseGet(() -> Pieces.tensor(program.plan(), source, tensors));
                Packing.pack(tensor.reshaped(argument.layout().logical()), argument.layout(), array.getSegment());
            }
            return array;
        }

        private static TornadoNativeArray allocate(ElementType element, int elements) {
            return switch (element) {
                case FLOAT32 -> new FloatArray(elements);
                case FLOAT64 -> new DoubleArray(elements);
                case INT8, UINT8, BOOL -> new ByteArray(elements);
                case INT16, UINT16 -> new ShortArray(elements);
                case INT32, UINT32 -> new IntArray(elements);
                case INT64, UINT64 -> new LongArray(elements);
                case FLOAT16 -> throw new IllegalArgumentException("no kernel has " + element);
            };
        }

        @Override
        public void finish() {}

        @Override
        public Tensor read(Value value) {
            if (value.type().shape().elements() == 0) {
                return Tensor.allocate(value.type());
            }
            return Pieces.tensor(program.plan(), program.plan().tensorOf(value), tensors)
                    .reshaped(value.type().shape());
        }

        @Override
        public List<KernelTime> times() {
            return List.of();
        }

        @Override
        public void close() {}
    }
}
