package dev.sinter.backend.tornado;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.CompilerFault;
import dev.sinter.ir.exec.Program;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.type.ElementType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.constant.ClassDesc;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Brings kernels into the form in which a device gets them. Kernels that do the same are one class, or one file.
final class TaskMaker {
    private final TornadoDevice device;
    private final ClassFolder folder;

    private TaskMaker(TornadoDevice device, ClassFolder folder) {
        this.device = device;
        this.folder = folder;
    }

    static TaskMaker of(TornadoDevice device) {
        return new TaskMaker(
                device,
                ClassFolder.find()
                        .orElseThrow(() -> new CompileException(
                                Code.DEVICE_BUILD,
                                device.id() + " (" + device.name() + ")",
                                "there is no folder for printed classes",
                                "start Java with -D" + ClassFolder.PROPERTY + "=FOLDER, a folder on the class path, as"
                                        + " ./sinter --device tornado does")));
    }

    /// The tasks of a program's kernels.
    ///
    /// @throws CompileException if TornadoVM has no such types or kernels
    Map<Kernel, TornadoTask> of(Program program) {
        Map<Kernel, TornadoTask> tasks = new IdentityHashMap<>();
        try {
            switch (device.form()) {
                case BYTECODE -> program.kernels().forEach(kernel -> tasks.put(kernel, bytecode(kernel)));
                case PREBUILT -> prebuilt(program, tasks);
            }
            return tasks;
        } catch (TornadoApi.Refused refused) {
            throw new CompileException(
                    Code.DEVICE_BUILD,
                    program.imported().name(),
                    "TornadoVM does not take its kernels: " + refused.getMessage(),
                    "see which versions of TornadoVM are known to work in docs/tornadovm.md",
                    refused);
        } catch (UncheckedIOException | IOException failure) {
            throw new CompileException(
                    Code.DEVICE_BUILD,
                    program.imported().name(),
                    "kernels cannot be written: " + failure.getMessage(),
                    "see that there is room where temporary files go");
        }
    }

    private TornadoTask bytecode(Kernel kernel) {
        TornadoKernelPrinter.Printed printed = TornadoKernelPrinter.print(kernel);
        Method method = Arrays.stream(
                        folder.load(printed.className(), printed.content()).getMethods())
                .filter(candidate -> candidate.getName().equals(TornadoKernelPrinter.METHOD))
                .findFirst()
                .orElseThrow();
        return new TornadoTask.OfMethod(kernel, method, caller(printed.className(), method));
    }

    private @Nullable Object caller(String className, Method method) {
        if (device.api().takesMethods()) {
            return null;
        }
        String name = className + "Task";
        Class<?> type = device.api().taskType(method.getParameterCount());
        Class<?> task = folder.load(name, TaskPrinter.print(ClassDesc.of(name), type, method));
        try {
            return task.getConstructor().newInstance();
        } catch (ReflectiveOperationException impossible) {
            throw new CompilerFault("the class " + name + " cannot be made", impossible);
        }
    }

    private void prebuilt(Program program, Map<Kernel, TornadoTask> tasks) throws IOException {
        PrebuiltProgram all = new PrebuiltProgram(program.kernels());
        String source = all.source(device.api().arrayHeader());
        Path file = folder.write("sinter_" + HexFormat.of().toHexDigits(source.hashCode()) + ".cl", source);
        Map<Integer, Object> numbers = new HashMap<>();
        for (Kernel kernel : program.kernels()) {
            Object number = numbers.computeIfAbsent(all.number(kernel), this::holding);
            tasks.put(kernel, new TornadoTask.Prebuilt(kernel, file, number, all.buffers()));
        }
    }

    /// An array of one number.
    private Object holding(int number) {
        Object array = device.api().array(NativeArrays.className(ElementType.INT32), 1);
        device.api().segment(array).set(ValueLayout.JAVA_INT, 0, number);
        return array;
    }
}
