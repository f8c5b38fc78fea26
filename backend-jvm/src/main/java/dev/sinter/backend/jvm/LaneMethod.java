package dev.sinter.backend.jvm;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.kernel.KernelArray;
import dev.sinter.ir.kernel.KernelExpr;
import dev.sinter.ir.kernel.Stmt;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A method that runs one assignment or store for each lane in turn: for loads and stores that are not side by side,
/// for lanes that are left out, and for types other than float32. Everything that it uses is a parameter.
final class LaneMethod {
    /// @param statement what to run; registers of several lanes are in arrays
    record Key(Stmt statement, Axis lanes) {}

    private final String name;
    private final Key key;
    private final List<Buffer> buffers = new ArrayList<>();
    private final List<KernelArray> registers = new ArrayList<>();
    private final List<Axis> axes = new ArrayList<>();

    LaneMethod(String name, Key key) {
        this.name = name;
        this.key = key;
        collect();
    }

    private void collect() {
        Set<Buffer> usedBuffers = new LinkedHashSet<>();
        Set<KernelArray> usedRegisters = new LinkedHashSet<>();
        KernelExpr value = switch (key.statement()) {
            case Stmt.Assign(KernelExpr.Element target, KernelExpr assigned) -> {
                usedRegisters.add(target.array());
                yield assigned;
            }
            case Stmt.Store store -> {
                usedBuffers.add(store.buffer());
                yield store.value();
            }
            case Stmt.Allocate _,
                    Stmt.For _,
                    Stmt.If _,
                    Stmt.Let _,
                    Stmt.Barrier _,
                    Stmt.ChannelWrite _,
                    Stmt.ChannelRead _ -> throw new IllegalArgumentException("runs lane by lane: " + key.statement());
        };
        value.forEach(part -> {
            if (part instanceof KernelExpr.Load(Buffer buffer, _)) {
                usedBuffers.add(buffer);
            } else if (part instanceof KernelExpr.Element register) {
                usedRegisters.add(register.array());
            }
        });
        buffers.addAll(usedBuffers);
        registers.addAll(usedRegisters);
        Set<Axis> usedAxes = Collections.newSetFromMap(new IdentityHashMap<>());
        Indices.forEach(
                List.of(key.statement()),
                index -> index.dependsOn(axis -> {
                    if (axis != key.lanes() && usedAxes.add(axis)) {
                        axes.add(axis);
                    }
                    return false;
                }));
    }

    String name() {
        return name;
    }

    /// The registers that it takes: numbers where they are single, else arrays of all lanes.
    List<KernelArray> registers() {
        return registers;
    }

    List<Buffer> buffers() {
        return buffers;
    }

    List<Axis> axes() {
        return axes;
    }

    MethodTypeDesc type() {
        List<ClassDesc> parameters = new ArrayList<>();
        buffers.forEach(buffer -> parameters.add(JvmTypes.array(buffer.element())));
        registers.forEach(register -> parameters.add(registerDesc(register)));
        axes.forEach(_ -> parameters.add(ConstantDescs.CD_int));
        return MethodTypeDesc.of(ConstantDescs.CD_void, parameters);
    }

    private static ClassDesc registerDesc(KernelArray array) {
        ClassDesc number = JvmTypes.carrierDesc(array.element());
        return LanePrinter.isNumber(array) ? number : number.arrayType();
    }

    void print(ClassBuilder builder) {
        builder.withMethodBody(name, type(), ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC, this::body);
    }

    private void body(CodeBuilder code) {
        Frame outer = Frame.ofMethod();
        buffers.forEach(outer::add);
        registers.forEach(register -> outer.add(
                register, LanePrinter.isNumber(register) ? JvmTypes.carrier(register.element()) : TypeKind.REFERENCE));
        axes.forEach(outer::add);
        IndexPrinter indices = new IndexPrinter(code);
        ScalarPrinter scalars = new ScalarPrinter(code, indices, BufferAccess.ARRAYS, Optional.of(key.lanes()));
        List<Stmt> body = List.of(key.statement());
        indices.prepare(body, outer);
        Frame frame = outer.inside();
        int lane = frame.add(key.lanes());
        Label top = code.newLabel();
        Label end = code.newLabel();
        Label next = code.newLabel();
        code.iconst_0().istore(lane);
        code.labelBinding(top)
                .iload(lane)
                .loadConstant((int) key.lanes().extent())
                .if_icmpge(end);
        indices.prepare(body, frame);
        switch (key.statement()) {
            case Stmt.Assign(KernelExpr.Element target, KernelExpr value) -> {
                code.aload(frame.slot(target.array()));
                indices.print(scalars.place(target), frame);
                scalars.value(value, frame);
                code.arrayStore(JvmTypes.carrier(target.type()));
            }
            case Stmt.Store(Buffer buffer, Index offset, KernelExpr value, var lanes) -> {
                lanes.ifPresent(condition -> scalars.unless(condition, next, frame));
                code.aload(frame.slot(buffer));
                indices.print(offset, frame);
                scalars.value(value, frame);
                code.arrayStore(JvmTypes.element(buffer.element()));
            }
            case Stmt.Allocate _,
                    Stmt.For _,
                    Stmt.If _,
                    Stmt.Let _,
                    Stmt.Barrier _,
                    Stmt.ChannelWrite _,
                    Stmt.ChannelRead _ -> throw new IllegalStateException("runs lane by lane");
        }
        code.labelBinding(next).iinc(lane, 1).goto_(top);
        code.labelBinding(end).return_();
    }
}
