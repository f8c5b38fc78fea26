package dev.sinter.backend.opencl;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Range;
import dev.sinter.ir.kernel.Allocations;
import dev.sinter.ir.kernel.Channel;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.kernel.KernelArray;
import dev.sinter.ir.kernel.KernelExpr;
import dev.sinter.ir.kernel.Launch;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.schedule.LoopKind;
import dev.sinter.ir.transform.UnrolledChoices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Prints kernels as OpenCL C 1.2. What it prints follows from the kernel alone: an ND-range kernel asks for its global
/// ids, a single task has its loops, and nothing asks which device it is for.
public final class OpenClPrinter {
    /// The argument that says where a piece begins.
    private static final String FIRST = "first";

    private final StringBuilder text = new StringBuilder();
    private final OpenClDialect dialect;
    private final IndexPrinter indices;
    private final ExprPrinter expressions;
    private final Map<Channel, String> channels = new LinkedHashMap<>();
    private int depth;

    private OpenClPrinter(OpenClDialect dialect) {
        this.dialect = dialect;
        this.indices = new IndexPrinter(dialect);
        this.expressions = new ExprPrinter(indices);
    }

    /// The source of one program that holds all `kernels`.
    public static String print(List<Kernel> kernels, OpenClDialect dialect) {
        OpenClPrinter printer = new OpenClPrinter(dialect);
        for (Kernel kernel : kernels) {
            printer.kernel(UnrolledChoices.apply(kernel));
        }
        String half = printer.expressions.usesHalf() ? "#pragma OPENCL EXTENSION cl_khr_fp16 : enable\n" : "";
        return half + printer.expressions.helpers() + printer.channels() + printer.text;
    }

    private String name(Channel channel) {
        return channels.computeIfAbsent(channel, _ -> "channel" + channels.size());
    }

    /// Declarations of the channels that the kernels use.
    private String channels() {
        if (channels.isEmpty()) {
            return "";
        }
        StringBuilder declarations = new StringBuilder("#pragma OPENCL EXTENSION cl_intel_channels : enable\n");
        channels.forEach((channel, name) -> declarations
                .append("channel ")
                .append(Types.scalar(channel.element()))
                .append(' ')
                .append(name)
                .append(" __attribute__((depth(")
                .append(channel.depth())
                .append(")));\n"));
        return declarations.toString();
    }

    private void kernel(Kernel kernel) {
        Pieces pieces = Pieces.of(kernel.launch());
        boolean divided = dialect.inPieces() && pieces.most() > 1;
        List<String> names = new ArrayList<>(kernel.names());
        List<String> parameters = new ArrayList<>(
                kernel.arguments().stream().map(OpenClPrinter::parameter).toList());
        if (divided) {
            names.add(FIRST);
            parameters.add("const " + dialect.indexType() + " " + FIRST);
        }
        indices.startKernel(names);
        line("");
        line("__kernel __attribute__((reqd_work_group_size(" + groupSize(kernel.launch()) + ")))");
        line("void " + kernel.name() + "(" + String.join(",\n        ", parameters) + ") {");
        depth++;
        int beginning = text.length();
        expressions.startKernel();
        if (kernel.launch() instanceof Launch.NdRange(List<Launch.Dimension> dimensions)) {
            for (int dimension = 0; dimension < dimensions.size(); dimension++) {
                int place = dialect.inPieces() ? pieces.place(dimension) : dimension;
                ids(dimensions.get(dimension), place, divided && place == Pieces.DIVIDED);
            }
        }
        // OpenCL C wants local memory declared where the kernel begins.
        Allocations.in(kernel.body())
                .filter(KernelArray::isShared)
                .distinct()
                .forEach(array -> line("__local " + declaration(array)));
        statements(kernel.body());
        if (expressions.makesIntegersOfReals()) {
            // Another rounding of a product before a sum could make another integer.
            text.insert(beginning, "    #pragma OPENCL FP_CONTRACT OFF\n");
        }
        depth--;
        line("}");
    }

    private static String declaration(KernelArray array) {
        String extents =
                array.extents().stream().map(extent -> "[" + extent + "]").collect(Collectors.joining());
        return Types.vector(array.element(), array.lanes()) + " " + array.name() + extents + ";";
    }

    private String groupSize(Launch launch) {
        if (dialect.inPieces()) {
            return sizes(Pieces.of(launch).group());
        }
        long[] sizes = LaunchSizes.of(launch).localSizes();
        long[] three = {1, 1, 1};
        System.arraycopy(sizes, 0, three, 0, sizes.length);
        return sizes(three);
    }

    private static String sizes(long[] sizes) {
        return Arrays.stream(sizes).mapToObj(String::valueOf).collect(Collectors.joining(", "));
    }

    private void ids(Launch.Dimension dimension, int number, boolean divided) {
        boolean single = dimension.item().extent() == 1;
        String group = (single ? "get_global_id" : "get_group_id") + "(" + number + ")";
        id(dimension.group(), divided ? group + " + " + FIRST : group);
        id(dimension.item(), "get_local_id(" + number + ")");
    }

    private void id(Axis axis, String value) {
        if (axis.extent() > 1) {
            line("const " + dialect.indexType() + " " + indices.declare(axis) + " = " + value + ";");
        }
    }

    private static String parameter(Kernel.Argument argument) {
        String access = argument.written() ? "__global " : "__global const ";
        return access + Types.scalar(argument.buffer().element()) + "* restrict "
                + argument.buffer().name();
    }

    private void statements(List<Stmt> statements) {
        statements.forEach(this::statement);
    }

    private void statement(Stmt statement) {
        switch (statement) {
            case Stmt.Allocate(KernelArray array) -> {
                if (!array.isShared()) {
                    line(declaration(array));
                }
            }
            case Stmt.Barrier() -> line("barrier(CLK_LOCAL_MEM_FENCE);");
            case Stmt.ChannelWrite(Channel channel, _, KernelExpr value) ->
                line("write_channel_intel(" + name(channel) + ", " + expressions.value(value, 1) + ");");
            case Stmt.ChannelRead(KernelExpr.Element target, Channel channel, _) ->
                line(expressions.element(target) + " = read_channel_intel(" + name(channel) + ");");
            case Stmt.For loop -> loop(loop);
            case Stmt.If(List<Stmt.Condition> conditions, List<Stmt> body) -> {
                String all = conditions.stream().map(this::condition).collect(Collectors.joining(" && "));
                line("if (" + all + ") {");
                nested(body);
                line("}");
            }
            case Stmt.Let let -> let(let);
            case Stmt.Assign assign -> line(expressions.assignment(assign) + ";");
            case Stmt.Store store -> store(store);
        }
    }

    private String condition(Stmt.Condition condition) {
        Range range = condition.index().range();
        String index = indices.print(condition.index());
        List<String> tests = new ArrayList<>();
        if (range.lo() < condition.lo()) {
            tests.add(index + " >= " + condition.lo());
        }
        if (range.hi() >= condition.hi()) {
            tests.add(index + " < " + condition.hi());
        }
        return tests.isEmpty() ? "true" : String.join(" && ", tests);
    }

    private void let(Stmt.Let let) {
        String type = Types.scalar(let.value().type());
        String value = "clamp(" + expressions.value(let.value(), 1) + ", (" + type + ")0, (" + type + ")"
                + (let.axis().extent() - 1) + ")";
        line("{");
        depth++;
        line("const " + dialect.indexType() + " " + indices.declare(let.axis()) + " = " + value + ";");
        statements(let.body());
        depth--;
        line("}");
    }

    private void loop(Stmt.For loop) {
        Axis axis = loop.axis();
        boolean single = axis.extent() == 1 && loop.isWhole();
        switch (loop.kind()) {
            case LoopKind.Vector _ -> {
                expressions.enterLanes(axis);
                statements(loop.body());
                expressions.leaveLanes();
                return;
            }
            case LoopKind.Unroll _ -> {
                if (!single) {
                    line("#pragma unroll");
                }
            }
            case LoopKind.Pipeline(int interval) -> {
                if (!single) {
                    line("#pragma ii " + interval);
                }
            }
            case LoopKind.Serial _, LoopKind.Global _, LoopKind.Local _ -> {}
        }
        if (single) {
            statements(loop.body());
            return;
        }
        String name = indices.declare(axis);
        line("for (" + dialect.indexType() + " " + name + " = " + indices.print(loop.from()) + "; " + name + " < "
                + indices.print(loop.until()) + "; ++" + name + ") {");
        nested(loop.body());
        line("}");
    }

    private void store(Stmt.Store store) {
        Optional<Axis> lanes = expressions.lanes();
        String buffer = store.buffer().name();
        if (lanes.isEmpty()) {
            line(buffer + "[" + indices.print(store.offset()) + "] = " + expressions.value(store.value(), 1) + ";");
            return;
        }
        int width = Math.toIntExact(lanes.get().extent());
        String value = expressions.value(store.value(), width);
        if (store.lanes().isEmpty() && store.offset().isUnitStride(lanes.get())) {
            String start = indices.print(ExprPrinter.lane(store.offset(), lanes.get(), 0));
            line("vstore" + width + "(" + value + ", 0, " + buffer + " + " + start + ");");
            return;
        }
        if (ExprPrinter.isAffine(store.offset(), lanes.get())) {
            line(expressions.scatter(store, value, lanes.get()) + ";");
        } else {
            scatterOneByOne(store, value, lanes.get());
        }
    }

    private void scatterOneByOne(Stmt.Store store, String value, Axis lanes) {
        line("{");
        depth++;
        line("const " + Types.vector(store.buffer().element(), Math.toIntExact(lanes.extent())) + " lanes = " + value
                + ";");
        for (int lane = 0; lane < lanes.extent(); lane++) {
            String guard = "";
            if (store.lanes().isPresent()) {
                Stmt.Condition condition = store.lanes().get();
                Stmt.Condition own = new Stmt.Condition(
                        ExprPrinter.lane(condition.index(), lanes, lane), condition.lo(), condition.hi());
                if (own.index().range().isDisjointFrom(own.lo(), own.hi())) {
                    continue;
                }
                guard = own.alwaysHolds() ? "" : "if (" + condition(own) + ") ";
            }
            line(guard + store.buffer().name() + "["
                    + indices.print(ExprPrinter.lane(store.offset(), lanes, lane)) + "] = lanes.s"
                    + Integer.toHexString(lane) + ";");
        }
        depth--;
        line("}");
    }

    private void nested(List<Stmt> body) {
        depth++;
        statements(body);
        depth--;
    }

    private void line(String content) {
        text.append("    ".repeat(content.isEmpty() ? 0 : depth))
                .append(content)
                .append('\n');
    }
}
