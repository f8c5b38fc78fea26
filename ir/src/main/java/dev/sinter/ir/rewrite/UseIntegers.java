package dev.sinter.ir.rewrite;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Cast;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.Gemm;
import dev.sinter.ir.op.MatMul;
import dev.sinter.ir.op.Reshape;
import dev.sinter.ir.op.Transpose;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Computes a convolution or matrix product of quantised numbers on the integers, and multiplies the sums by the
/// scales: Σ (s·x)·(t·w) = (s·t) · Σ x·w. Jacob et al., "Quantization and Training of Neural Networks for Efficient
/// Integer-Arithmetic-Only Inference", 2017.
///
/// The sums are exact, of 32-bit integers; where they might not fit, nothing is changed. A bias that is quantised with
/// the product of the scales is added to them, another one to the real numbers.
public record UseIntegers() implements Rule {
    /// By how much the scale of a bias may differ from the product of the others: it was rounded to a float.
    private static final double ROUNDED = 0x1p-23;

    private static final double LARGEST_SUM = Integer.MAX_VALUE;

    @Override
    public String name() {
        return "use-integers";
    }

    /// One product of quantised numbers.
    ///
    /// @param scales of the sums, for each channel
    /// @param channelAxis the dimension of the output that channels lie along
    private record Product(Node node, ScaledIntegers left, ScaledIntegers right, double[] scales, int channelAxis) {
        /// A constant with one number per channel, which stands against the output.
        TensorType perChannel() {
            Shape output = node.output().type().shape();
            List<Long> dims = new ArrayList<>(Collections.nCopies(output.rank() - channelAxis, 1L));
            dims.set(0, output.dim(channelAxis));
            return new TensorType(ElementType.FLOAT32, new Shape(dims));
        }
    }

    @Override
    public Optional<Patch> apply(Graph graph, Node node) {
        return product(graph, node)
                .filter(product -> largestSum(graph, product) <= LARGEST_SUM)
                .map(product -> onIntegers(graph, product));
    }

    private static Optional<Product> product(Graph graph, Node node) {
        return switch (node.op()) {
            case Conv _ -> product(graph, node, 0, 1);
            case MatMul _
            when rank(node.input(0)) >= 2 && rank(node.input(1)) >= 2 ->
                product(graph, node, rank(node.input(1)) - 1, rank(node.output()) - 1);
            case Gemm gemm
            when gemm.alpha() == 1 && (gemm.beta() == 1 || node.inputs().size() == 2) ->
                product(graph, node, gemm.transposeB() ? 0 : 1, 1);
            default -> Optional.empty();
        };
    }

    private static int rank(Value value) {
        return value.type().shape().rank();
    }

    /// @param weightAxis the dimension of the right operand that channels lie along
    private static Optional<Product> product(Graph graph, Node node, int weightAxis, int channelAxis) {
        if (node.output().type().element() != ElementType.FLOAT32
                || node.output().type().shape().elements() == 0) {
            return Optional.empty();
        }
        ScaledIntegers left = ScaledIntegers.of(graph, node.input(0)).orElse(null);
        ScaledIntegers right = ScaledIntegers.of(graph, node.input(1)).orElse(null);
        if (left == null || right == null || left.one().isEmpty()) {
            return Optional.empty();
        }
        double scale = left.one().get();
        return right.along(weightAxis).flatMap(scales -> {
            for (int i = 0; i < scales.length; i++) {
                scales[i] *= scale;
                if (!(Math.abs(scales[i]) <= Float.MAX_VALUE)) {
                    return Optional.empty();
                }
            }
            return Optional.of(new Product(node, left, right, scales, channelAxis));
        });
    }

    /// What no sum exceeds, a bias of integers included.
    private static double largestSum(Graph graph, Product product) {
        double terms = (double) product.right().integers().type().shape().elements() / product.scales().length;
        double bias = bias(graph, product)
                .map(value -> IntegerInterval.of(graph, value).magnitude())
                .orElse(0.0);
        return terms
                        * IntegerInterval.of(graph, product.left().integers()).magnitude()
                        * IntegerInterval.of(graph, product.right().integers()).magnitude()
                + bias;
    }

    /// The integers of a bias that has the scale of the sums.
    private static Optional<Value> bias(Graph graph, Product product) {
        Node node = product.node();
        if (node.inputs().size() < 3) {
            return Optional.empty();
        }
        Shape shape = node.input(2).type().shape();
        return ScaledIntegers.of(graph, node.input(2))
                .filter(bias -> shape.rank() == 1
                        && shape.dim(0) == product.scales().length
                        && bias.permutation().isEmpty())
                .filter(bias -> bias.along(0)
                        .filter(scales -> agree(scales, product.scales()))
                        .isPresent())
                .map(ScaledIntegers::integers);
    }

    private static boolean agree(double[] scales, double[] products) {
        for (int i = 0; i < products.length; i++) {
            if (!(Math.abs(scales[i] - products[i]) <= ROUNDED * Math.abs(products[i]))) {
                return false;
            }
        }
        return true;
    }

    private static Patch onIntegers(Graph graph, Product product) {
        Node node = product.node();
        NodesInstead instead = new NodesInstead(node);
        List<Value> operands = new ArrayList<>();
        operands.add(wide(instead, "left", product.left()));
        operands.add(wide(instead, "right", product.right()));
        Optional<Value> bias = bias(graph, product);
        bias.ifPresent(integers -> operands.add(instead.wide("bias", integers)));
        Value sums = instead.add("sums", node.op(), operands.toArray(Value[]::new));
        Value real = instead.add("real", new Cast(ElementType.FLOAT32), sums);
        Tensor scales = Tensor.allocate(product.perChannel());
        for (int i = 0; i < product.scales().length; i++) {
            scales.set(i, product.scales()[i]);
        }
        Value factors = instead.constant("scales", scales);
        Binary times = new Binary(Binary.Kind.MUL);
        if (node.inputs().size() < 3 || bias.isPresent()) {
            return instead.finish(times, real, factors);
        }
        Value scaled = instead.add("scaled", times, real, factors);
        return instead.finish(Binary.ADD, scaled, stretching(instead, product));
    }

    /// The bias of a convolution is one number per channel; what a matrix product adds stretches as it is.
    private static Value stretching(NodesInstead instead, Product product) {
        Value bias = product.node().input(2);
        return product.node().op() instanceof Conv
                ? instead.add("shift", new Reshape(product.perChannel().shape().dims()), bias)
                : bias;
    }

    /// The integers of an operand as 32-bit ones, transposed as the operand is.
    private static Value wide(NodesInstead instead, String name, ScaledIntegers operand) {
        Value integers = instead.wide(name, operand.integers());
        return operand.permutation().isEmpty()
                ? integers
                : instead.add(name + ".transposed", new Transpose(operand.permutation()), integers);
    }
}
