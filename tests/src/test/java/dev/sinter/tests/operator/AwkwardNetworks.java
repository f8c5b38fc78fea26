package dev.sinter.tests.operator;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Concat;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.LeakyRelu;
import dev.sinter.ir.op.MatMul;
import dev.sinter.ir.op.MaxPool;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.op.PRelu;
import dev.sinter.ir.op.Reduce;
import dev.sinter.ir.op.Softmax;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.TensorType;
import dev.sinter.ir.type.Window;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/// Networks that are valid and small, and have more of one thing than compilers like.
@NullMarked
final class AwkwardNetworks {
    /// Words of C, OpenCL C, their macros and libraries; names that kernels themselves use; and no words at all.
    private static final long FEATURES = 40;

    private static final List<String> NAMES = List.of(
            "true",
            "false",
            "NULL",
            "INFINITY",
            "NAN",
            "FLT_MAX",
            "M_PI",
            "CLK_LOCAL_MEM_FENCE",
            "get_global_id",
            "vec_step",
            "read_only",
            "generic",
            "linux",
            "int",
            "half",
            "float4",
            "exp",
            "conv",
            "acc",
            "before",
            "value",
            "matmul",
            "max_pool",
            "relu",
            "k_conv",
            "x0",
            "w0",
            "y0",
            "gather_float16",
            "larger_float16",
            "0",
            "a b",
            "*/",
            "\\",
            "\"",
            "\u00e4\u4f60",
            "n".repeat(5000));

    private AwkwardNetworks() {}

    static List<Sample> all() {
        return List.of(
                new Sample("names", names()),
                new Sample("leaky_chain", chain(new LeakyRelu(0.1), 40)),
                new Sample("prelu_chain", slopes(20)),
                new Sample("negated_chain", chain(new Unary(Unary.Kind.SIGMOID), 300)),
                new Sample("sum_of_many", sum(300)),
                new Sample("concat_of_many", concat(300, 1)),
                new Sample("concat_of_many_channels", concat(130, 16)),
                new Sample("softmax_of_a_batch", softmax(64, 80)),
                new Sample("softmax_of_many_classes", softmax(16, 1000)),
                new Sample("nothing", nothing()));
    }

    private static Graph names() {
        Graph.Builder builder = Graph.builder("while");
        Value x = builder.input("acc", TensorType.float32(1, 16, 4, 4));
        for (String name : NAMES) {
            String weights = name.equals("acc") ? "conv" : "acc";
            Value w = builder.constant(
                    name + "." + weights, RandomTensors.heNormal(TensorType.float32(16, 16, 1, 1), name.hashCode()));
            x = builder.add(name.equals("acc") ? "acc " : name, Conv.of(1, 0), x, w);
            x = builder.add(name + "\n", Unary.RELU, x);
        }
        return builder.output(x).build();
    }

    private static Graph chain(Op op, int length) {
        Graph.Builder builder = Graph.builder("chain");
        Value x = builder.input("x", TensorType.float32(1, 3, 5));
        for (int i = 0; i < length; i++) {
            x = builder.add("y" + i, op, x);
        }
        return builder.output(x).build();
    }

    private static Graph slopes(int length) {
        Graph.Builder builder = Graph.builder("slopes");
        Value x = builder.input("x", TensorType.float32(2, 16, 5, 5));
        for (int i = 0; i < length; i++) {
            Value slope = builder.constant("s" + i, RandomTensors.uniform(TensorType.float32(16, 1, 1), 0.5, 1.5, i));
            x = builder.add("y" + i, new PRelu(), x, slope);
        }
        Value w = builder.constant("w", RandomTensors.heNormal(TensorType.float32(16, 16, 3, 3), 1));
        return builder.output(builder.add("conv", Conv.of(1, 1), x, w)).build();
    }

    private static Graph sum(int operands) {
        Graph.Builder builder = Graph.builder("sum");
        Value sum = builder.input("x", TensorType.float32(3, 5));
        for (int i = 1; i < operands; i++) {
            Value next = builder.input("x" + i, TensorType.float32(3, 5));
            sum = builder.add("y" + i, i % 7 == 0 ? new Binary(Binary.Kind.MAX) : Binary.ADD, sum, next);
        }
        return builder.output(sum).build();
    }

    private static Graph concat(int operands, long channels) {
        Graph.Builder builder = Graph.builder("concat");
        List<Value> pieces = new ArrayList<>();
        for (int i = 0; i < operands; i++) {
            Value x = builder.input("x" + i, TensorType.float32(1, channels, 2, 2));
            pieces.add(i % 3 == 0 ? x : builder.add("y" + i, Unary.RELU, x));
        }
        return builder.output(builder.add("all", new Concat(1), pieces.toArray(Value[]::new)))
                .build();
    }

    private static Graph softmax(long rows, long columns) {
        Graph.Builder builder = Graph.builder("softmax");
        Value x = builder.input("x", TensorType.float32(rows, FEATURES));
        Value w = builder.constant("w", RandomTensors.heNormal(TensorType.float32(FEATURES, columns), 1));
        Value rowwise = builder.add("rowwise", new Softmax(1), builder.add("product", new MatMul(), x, w));
        return builder.output(rowwise, builder.add("columnwise", new Softmax(0), x))
                .build();
    }

    /// Tensors without elements, and what is computed from them.
    private static Graph nothing() {
        Graph.Builder builder = Graph.builder("nothing");
        Value batch = builder.input("batch", TensorType.float32(0, 3, 8, 8));
        Value w = builder.constant("w", RandomTensors.heNormal(TensorType.float32(16, 3, 3, 3), 1));
        Value conv = builder.add("conv", Conv.of(1, 1), batch, w);
        Value pool = builder.add("pool", new MaxPool(Window.square(2, 2)), builder.add("act", Unary.RELU, conv));
        Value x = builder.input("x", TensorType.float32(1, 3, 5, 5));
        Value none = builder.constant("none", RandomTensors.normal(TensorType.float32(0, 3, 3, 3), 0, 1, 1));
        Value noFilters = builder.add("no_filters", Conv.of(1, 0), x, none);
        Value noRows = builder.input("no_rows", TensorType.float32(4, 0));
        Value sums = builder.add("sums", new Reduce(Reduce.Kind.SUM, List.of(1L), true), noRows);
        Value noInner = builder.input("no_inner", TensorType.float32(0, 5));
        Value zeros = builder.add("zeros", new MatMul(), noRows, noInner);
        Value both = builder.add("both", new Concat(1), zeros, builder.add("kept", Unary.RELU, noRows), sums);
        return builder.output(pool, noFilters, zeros, both).build();
    }
}
