package dev.sinter.backend.jvm;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.kernel.KernelArray;
import dev.sinter.ir.kernel.KernelExpr;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.type.ElementType;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;

/// What the methods of a printed class share: the vector shapes, in constants so that HotSpot knows them, and the
/// methods that go through lanes one by one or have become of loops.
final class KernelClass {
    private static final int CONSTANT = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_FINAL;

    private static final String EVEN = "EVEN_";
    private static final String ODD = "ODD_";
    private static final String UPPER = "UPPER_";

    private final ClassDesc self;
    private final String kernel;
    private final FunctionCopies functions;
    private final Set<KernelArray> reused;
    private final BufferAccess memory;
    private final Optional<Consumer<CodeBuilder>> barrier;
    private final TreeSet<Integer> vectors = new TreeSet<>();
    private final TreeSet<Integer> everyOther = new TreeSet<>();
    private final Map<VectorConstant, String> constants = new LinkedHashMap<>();
    private final Map<Axis, KernelExpr.Element> scratch = new HashMap<>();
    private final Map<LaneMethod.Key, LaneMethod> laneMethods = new LinkedHashMap<>();
    private final Map<Stmt.For, LoopMethod> loopMethods = new IdentityHashMap<>();

    private record VectorConstant(float value, int width) {}

    /// @param loops those that become methods of their own
    /// @param reused arrays that work-items get from outside
    /// @param memory what there is for buffers
    /// @param barrier prints that work-items wait for each other, where they can
    KernelClass(
            ClassDesc self,
            String kernel,
            List<Stmt.For> loops,
            Set<KernelArray> reused,
            BufferAccess memory,
            Optional<Consumer<CodeBuilder>> barrier) {
        this.self = self;
        this.kernel = kernel;
        this.functions = new FunctionCopies(self, List.of(VectorFunctions.class, LaneFunctions.class));
        this.reused = reused;
        this.memory = memory;
        this.barrier = barrier;
        for (Stmt.For loop : loops) {
            loopMethods.put(loop, new LoopMethod("loop" + loopMethods.size(), loop, reused));
        }
    }

    /// True for an array that the work-items get from outside.
    boolean isReused(KernelArray array) {
        return reused.contains(array);
    }

    BufferAccess memory() {
        return memory;
    }

    /// Waits for the other work-items of the group.
    void barrier(CodeBuilder code) {
        barrier.orElseThrow(() -> unsupported(
                        "work-items that wait for each other", "the JVM runs schedules without local memory"))
                .accept(code);
    }

    /// The method that a loop has become, if it has.
    Optional<LoopMethod> loopMethod(Stmt.For loop) {
        return Optional.ofNullable(loopMethods.get(loop));
    }

    ClassDesc self() {
        return self;
    }

    /// Leaves the vector species with as many lanes as `lanes` on the stack.
    void species(Axis lanes, CodeBuilder code) {
        species(Math.toIntExact(lanes.extent()), code);
    }

    void species(int width, CodeBuilder code) {
        requireWidth(width);
        code.getstatic(self, species(width), VectorTypes.SPECIES);
    }

    /// Leaves a vector of equal numbers on the stack.
    void constant(float value, Axis lanes, CodeBuilder code) {
        int width = Math.toIntExact(lanes.extent());
        requireWidth(width);
        String name = constants.computeIfAbsent(new VectorConstant(value, width), _ -> "CONSTANT_" + constants.size());
        code.getstatic(self, name, VectorTypes.FLOATS);
    }

    /// With two vectors on the stack, the second of which begins with the last element of the first, leaves every other
    /// element of both.
    ///
    /// @param second a variable for the second
    void everyOther(Axis lanes, int second, CodeBuilder code) {
        int width = Math.toIntExact(lanes.extent());
        requireWidth(width);
        everyOther.add(width);
        code.astore(second);
        code.getstatic(self, EVEN + width, VectorTypes.SHUFFLE);
        code.invokevirtual(VectorTypes.FLOATS, "rearrange", VectorTypes.REARRANGE);
        code.aload(second);
        code.getstatic(self, ODD + width, VectorTypes.SHUFFLE);
        code.invokevirtual(VectorTypes.FLOATS, "rearrange", VectorTypes.REARRANGE);
        code.getstatic(self, UPPER + width, VectorTypes.MASK);
        code.invokevirtual(VectorTypes.FLOATS, "blend", VectorTypes.BLEND);
    }

    private void requireWidth(int width) {
        if (!VectorLanes.isAvailable()) {
            throw unsupported(
                    "a vector of " + width + " lanes needs the module jdk.incubator.vector",
                    "start Java with --add-modules jdk.incubator.vector, or schedule without vectors");
        }
        if (Integer.bitCount(width) != 1 || width > 16) {
            throw unsupported("vectors of " + width + " lanes", "the Vector API has 2, 4, 8 or 16 float lanes");
        }
        vectors.add(width);
    }

    CompileException unsupported(String fact, String hint) {
        return new CompileException(Code.SCHEDULE_ILLEGAL, kernel, fact, hint);
    }

    private static String species(int width) {
        return "LANES_" + width;
    }

    /// Calls a method of [VectorFunctions] or [LaneFunctions], or rather this class's copy of it.
    void call(String function, MethodTypeDesc type, CodeBuilder code) {
        functions.add(function, type);
        code.invokestatic(self, function, type);
    }

    /// The method for a statement or expression that is to run lane by lane.
    LaneMethod laneMethod(LaneMethod.Key key) {
        return laneMethods.computeIfAbsent(key, _ -> new LaneMethod("lanes" + laneMethods.size(), key));
    }

    /// A register of one float per lane that is no part of the kernel.
    KernelExpr.Element scratch(Axis lanes) {
        return scratch.computeIfAbsent(lanes, _ -> {
            int width = Math.toIntExact(lanes.extent());
            return new KernelExpr.Element(new KernelArray("scratch", ElementType.FLOAT32, List.of(), width), List.of());
        });
    }

    /// Adds the fields, their initialiser and the methods that have been asked for.
    void finish(ClassBuilder builder) {
        loopMethods.values().forEach(method -> method.print(builder, this));
        List<LaneMethod> open = new ArrayList<>(laneMethods.values());
        open.forEach(method -> method.print(builder));
        functions.print(builder);
        vectors.forEach(width -> builder.withField(species(width), VectorTypes.SPECIES, CONSTANT));
        everyOther.forEach(width -> {
            builder.withField(EVEN + width, VectorTypes.SHUFFLE, CONSTANT);
            builder.withField(ODD + width, VectorTypes.SHUFFLE, CONSTANT);
            builder.withField(UPPER + width, VectorTypes.MASK, CONSTANT);
        });
        constants.values().forEach(name -> builder.withField(name, VectorTypes.FLOATS, CONSTANT));
        if (!vectors.isEmpty()) {
            builder.withMethodBody(
                    ConstantDescs.CLASS_INIT_NAME,
                    MethodTypeDesc.of(ConstantDescs.CD_void),
                    ClassFile.ACC_STATIC,
                    this::initialise);
        }
    }

    private void initialise(CodeBuilder code) {
        for (int width : vectors) {
            code.getstatic(VectorTypes.FLOATS, VectorTypes.species(width), VectorTypes.SPECIES);
            code.putstatic(self, species(width), VectorTypes.SPECIES);
        }
        for (int width : everyOther) {
            // Lanes that the other vector fills take any element.
            shuffle(EVEN, width, lane -> lane < width / 2 ? 2 * lane : 0, code);
            shuffle(ODD, width, lane -> lane < width / 2 ? 0 : 2 * lane - width + 1, code);
            code.getstatic(self, species(width), VectorTypes.SPECIES);
            code.loadConstant(-1L << width / 2);
            code.invokestatic(VectorTypes.MASK, "fromLong", VectorTypes.MASK_OF);
            code.putstatic(self, UPPER + width, VectorTypes.MASK);
        }
        constants.forEach((constant, name) -> {
            code.getstatic(self, species(constant.width()), VectorTypes.SPECIES);
            code.loadConstant(constant.value());
            code.invokestatic(VectorTypes.FLOATS, "broadcast", VectorTypes.BROADCAST);
            code.putstatic(self, name, VectorTypes.FLOATS);
        });
        code.return_();
    }

    private void shuffle(String name, int width, IntUnaryOperator source, CodeBuilder code) {
        code.getstatic(self, species(width), VectorTypes.SPECIES);
        code.loadConstant(width).newarray(TypeKind.INT);
        for (int lane = 0; lane < width; lane++) {
            code.dup().loadConstant(lane).loadConstant(source.applyAsInt(lane)).iastore();
        }
        code.iconst_0();
        code.invokestatic(VectorTypes.SHUFFLE, "fromArray", VectorTypes.SHUFFLE_OF);
        code.putstatic(self, name + width, VectorTypes.SHUFFLE);
    }
}
