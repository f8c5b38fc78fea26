package dev.sinter.backend.tornado;

import java.lang.foreign.MemorySegment;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// TornadoVM's classes and methods, found by name in a process that was started with it. Nothing else of this module
/// knows their names, but for those that printed bytecode has.
final class TornadoApi {
    /// Copied to the device before the first execution only.
    static final int FIRST_EXECUTION = 0;

    /// Copied before, or after, each execution.
    static final int EVERY_EXECUTION = 1;

    /// Copied to the host where somebody asks for it.
    static final int UNDER_DEMAND = 2;

    static final String PACKAGE = "uk.ac.manchester.tornado.api.";

    private final Map<String, Class<?>> classes = new ConcurrentHashMap<>();

    private TornadoApi() {}

    /// What TornadoVM said when it could not do something.
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Refused(Throwable cause) {
            super(innermost(cause), cause);
        }

        private static String innermost(Throwable fault) {
            Throwable cause = fault;
            while (cause.getCause() != null && cause.getCause() != cause) {
                cause = cause.getCause();
            }
            String message = cause.getMessage();
            return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message.strip();
        }
    }

    /// Empty if the process was not started with TornadoVM.
    static Optional<TornadoApi> find() {
        TornadoApi api = new TornadoApi();
        try {
            api.type("TaskGraph");
            return Optional.of(api);
        } catch (Refused | LinkageError _) {
            return Optional.empty();
        }
    }

    private Class<?> type(String name) {
        return classes.computeIfAbsent(name, _ -> {
            try {
                return Class.forName(PACKAGE + name, false, ClassLoader.getSystemClassLoader());
            } catch (ClassNotFoundException missing) {
                throw new Refused(missing);
            }
        });
    }

    private Object create(String type, Object... arguments) {
        for (Constructor<?> constructor : type(type).getConstructors()) {
            if (fits(constructor.getParameterTypes(), arguments)) {
                return called(() -> constructor.newInstance(arguments));
            }
        }
        throw new Refused(new NoSuchMethodException(PACKAGE + type + Arrays.toString(arguments)));
    }

    /// Calls a method of what `type` is the interface or class of.
    private Object call(String type, Object target, String name, Object... arguments) {
        Object result = called(() -> method(type, name, arguments).invoke(target, arguments));
        return result == null ? target : result;
    }

    private Object callStatic(String type, String name, Object... arguments) {
        return called(() -> method(type, name, arguments).invoke(null, arguments));
    }

    private Method method(String type, String name, Object... arguments) throws NoSuchMethodException {
        for (Method method : type(type).getMethods()) {
            if (method.getName().equals(name) && fits(method.getParameterTypes(), arguments)) {
                return method;
            }
        }
        throw new NoSuchMethodException(PACKAGE + type + "." + name + Arrays.toString(arguments));
    }

    private static boolean fits(Class<?>[] parameters, Object[] arguments) {
        if (parameters.length != arguments.length) {
            return false;
        }
        for (int place = 0; place < parameters.length; place++) {
            Class<?> parameter = parameters[place];
            Class<?> boxed = parameter == int.class ? Integer.class : parameter == long.class ? Long.class : parameter;
            if (!boxed.isInstance(arguments[place])) {
                return false;
            }
        }
        return true;
    }

    /// A call by reflection.
    @FunctionalInterface
    private interface Call {
        @Nullable
        Object run() throws ReflectiveOperationException;
    }

    @SuppressWarnings("NullAway") // What returns nothing is not asked for what it returns.
    private static Object called(Call call) {
        try {
            return call.run();
        } catch (InvocationTargetException failure) {
            throw new Refused(failure.getTargetException());
        } catch (ReflectiveOperationException | LinkageError failure) {
            throw new Refused(failure);
        }
    }

    /// One of TornadoVM's devices.
    ///
    /// @param backend the number of the backend, such as OpenCL, and its name
    /// @param type `CPU`, `GPU` or another name of TornadoVM's
    record ApiDevice(
            Object handle,
            int backend,
            int number,
            String backendName,
            String platform,
            String name,
            String type,
            long memory,
            int units) {}

    /// All devices of all backends.
    ///
    /// @throws Refused if TornadoVM cannot start
    List<ApiDevice> devices() {
        Object runtime = callStatic("runtime.TornadoRuntimeProvider", "getTornadoRuntime");
        int backends = (int) call("TornadoRuntime", runtime, "getNumBackends");
        List<ApiDevice> devices = new java.util.ArrayList<>();
        for (int backend = 0; backend < backends; backend++) {
            Object handle = call("TornadoRuntime", runtime, "getBackend", backend);
            String kind =
                    call("TornadoRuntime", runtime, "getBackendType", backend).toString();
            int count = (int) call("TornadoBackend", handle, "getNumDevices");
            for (int device = 0; device < count; device++) {
                devices.add(device(call("TornadoBackend", handle, "getDevice", device), backend, device, kind));
            }
        }
        return devices;
    }

    private ApiDevice device(Object handle, int backend, int number, String kind) {
        String type = "common.TornadoDevice";
        Object physical = call(type, handle, "getPhysicalDevice");
        return new ApiDevice(
                handle,
                backend,
                number,
                kind,
                String.valueOf(call(type, handle, "getPlatformName")),
                String.valueOf(call("TornadoTargetDevice", physical, "getDeviceName")),
                String.valueOf(call(type, handle, "getDeviceType")),
                (long) call(type, handle, "getMaxGlobalMemory"),
                (int) call("TornadoTargetDevice", physical, "getDeviceMaxComputeUnits"));
    }

    /// How many bytes of an array come before its first element in the device's memory.
    long arrayHeader() {
        return (long) called(() ->
                type("types.arrays.TornadoNativeArray").getField("ARRAY_HEADER").get(null));
    }

    /// A new array outside of the heap.
    ///
    /// @param className in TornadoVM's package
    Object array(String className, int elements) {
        return create(className, elements);
    }

    /// The memory of an array's elements.
    MemorySegment segment(Object array) {
        return (MemorySegment) call("types.arrays.TornadoNativeArray", array, "getSegment");
    }

    Object kernelContext() {
        return create("KernelContext");
    }

    Object taskGraph(String name) {
        return create("TaskGraph", name);
    }

    /// The interface of tasks with so many parameters.
    Class<?> taskType(int parameters) {
        return type("common.TornadoFunctions$Task" + parameters);
    }

    /// True if a method can be a task, and needs no object that calls it.
    boolean takesMethods() {
        return Arrays.stream(type("TaskGraph").getMethods())
                .anyMatch(method -> method.getName().equals("task")
                        && method.getParameterCount() == 3
                        && method.getParameterTypes()[1] == Method.class);
    }

    void task(Object graph, String id, Method method, Object[] arguments) {
        call("TaskGraph", graph, "task", id, method, arguments);
    }

    /// @param task what implements [#taskType(int)] for as many parameters as there are arguments
    void task(Object graph, String id, Object task, Object[] arguments) {
        Object[] all = new Object[arguments.length + 2];
        all[0] = id;
        all[1] = task;
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        call("TaskGraph", graph, "task", all);
    }

    /// @param written which of the arguments the kernel stores
    void prebuiltTask(Object graph, String id, String kernel, String file, Object[] arguments, boolean[] written) {
        Object accessors = create("AccessorParameters", arguments.length);
        for (int place = 0; place < arguments.length; place++) {
            Object access = constant("common.Access", written[place] ? "READ_WRITE" : "READ_ONLY");
            call("AccessorParameters", accessors, "set", place, arguments[place], access);
        }
        call("TaskGraph", graph, "prebuiltTask", id, kernel, file, accessors);
    }

    private Object constant(String type, String name) {
        return Arrays.stream(type(type).getEnumConstants())
                .filter(constant -> ((Enum<?>) constant).name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Refused(new NoSuchFieldException(type + "." + name)));
    }

    void transferToDevice(Object graph, int mode, Object[] arrays) {
        call("TaskGraph", graph, "transferToDevice", mode, arrays);
    }

    void transferToHost(Object graph, int mode, Object[] arrays) {
        call("TaskGraph", graph, "transferToHost", mode, arrays);
    }

    Object gridScheduler() {
        return create("GridScheduler");
    }

    /// How many work-items a task has along each dimension, and how many of them form a group.
    void addGrid(Object scheduler, String task, int[] items, int[] group) {
        Object grid = create("WorkerGrid3D", items[0], items[1], items[2]);
        call("WorkerGrid", grid, "setLocalWork", (long) group[0], (long) group[1], (long) group[2]);
        call("GridScheduler", scheduler, "addWorkerGrid", task, grid);
    }

    /// A plan whose kernels are compiled.
    ///
    /// @throws Refused with the reason why one cannot be
    Object plan(Object graph, Object scheduler, ApiDevice device) {
        String type = "TornadoExecutionPlan";
        Object[] graphs = (Object[]) Array.newInstance(type("ImmutableTaskGraph"), 1);
        graphs[0] = call("TaskGraph", graph, "snapshot");
        Object plan = create(type, (Object) graphs);
        plan = call(type, plan, "withDevice", device.handle());
        plan = call(type, plan, "withGridScheduler", scheduler);
        if (device.backendName().equals("OPENCL")) {
            // In place of the flags that TornadoVM has by itself, fast math among them.
            Object backend = constant("enums.TornadoVMBackendType", device.backendName());
            plan = call(type, plan, "withCompilerFlags", backend, "-w");
        }
        return call(type, plan, "withPreCompilation");
    }

    /// Runs a plan to its end.
    ///
    /// @return what can be asked for arrays that were not copied
    Object execute(Object plan) {
        return call("TornadoExecutionPlan", plan, "execute");
    }

    void transferToHost(Object result, Object[] arrays) {
        call("TornadoExecutionResult", result, "transferToHost", (Object) arrays);
    }

    void close(Object plan) {
        call("TornadoExecutionPlan", plan, "freeDeviceMemory");
        call("TornadoExecutionPlan", plan, "close");
    }
}
