package dev.sinter.tests.reference;

import dev.sinter.ir.type.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;

/// How far two runtimes may be from each other, by how far one of them is from double arithmetic.
///
/// Both sum in float32, each in its own order, so neither is right. ONNX Runtime sums in blocks, which errs less than
/// one term after the other does: for n random roundings by a factor of up to the root of the blocks' number.
@NullMarked
public final class Agreement {
    private static final double TIMES_AS_FAR = 30;
    private static final double SMALLEST_ERROR = 0x1p-22;

    private final Map<String, Tensor> exact;
    private final Map<String, Tensor> theirs;

    /// For each output.
    private final Map<String, Double> most = new LinkedHashMap<>();

    private Agreement(Map<String, Tensor> exact, Map<String, Tensor> theirs) {
        this.exact = exact;
        this.theirs = theirs;
        exact.forEach((output, reference) -> most.put(
                output,
                TIMES_AS_FAR * distance(tensor(theirs, output), reference) + SMALLEST_ERROR * largest(reference)));
    }

    /// @param exact the outputs in double arithmetic, of the first samples or of all
    /// @param theirs the outputs of ONNX Runtime, of all samples
    public static Agreement of(Map<String, Tensor> exact, Map<String, Tensor> theirs) {
        return new Agreement(exact, theirs);
    }

    /// Holds outputs of all samples against both: where it is known, double arithmetic, and for every sample ONNX
    /// Runtime, which is as far from it once more.
    ///
    /// @return the first output that is too far off, if any
    public Optional<String> findFault(Map<String, Tensor> ours) {
        for (Map.Entry<String, Tensor> output : exact.entrySet()) {
            String name = output.getKey();
            double bound = Objects.requireNonNull(most.get(name));
            double own = distance(tensor(ours, name), output.getValue());
            double other = distance(tensor(ours, name), tensor(theirs, name));
            if (!(own <= bound)) {
                return Optional.of(
                        name + " is " + own + " from double arithmetic but at most " + bound + " is expected");
            }
            if (!(other <= bound + bound / TIMES_AS_FAR)) {
                return Optional.of(name + " is " + other + " from ONNX Runtime but at most " + bound + " is expected");
            }
        }
        return Optional.empty();
    }

    private static Tensor tensor(Map<String, Tensor> outputs, String name) {
        return Objects.requireNonNull(outputs.get(name), name);
    }

    /// The largest difference; of the elements that both have, where one is of fewer samples. NaN beside a number is
    /// infinitely far.
    private static double distance(Tensor ours, Tensor reference) {
        double most = 0;
        for (long i = 0; i < Math.min(ours.shape().elements(), reference.shape().elements()); i++) {
            double difference = Math.abs(ours.get(i) - reference.get(i));
            most = difference <= most ? most : Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
        }
        return most;
    }

    private static double largest(Tensor tensor) {
        double most = 0;
        for (long i = 0; i < tensor.shape().elements(); i++) {
            most = Math.max(most, Math.abs(tensor.get(i)));
        }
        return most;
    }
}
