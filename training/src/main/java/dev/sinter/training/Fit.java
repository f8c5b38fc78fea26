package dev.sinter.training;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.type.Shape;
import dev.sinter.training.data.Dataset;

/// Whether data is for a network.
final class Fit {
    private Fit() {}

    /// @param fewest how many examples there must be
    static void require(Dataset data, Graph network, int fewest) {
        Shape image = network.inputs().getFirst().type().shape();
        Shape wanted = new Shape(image.dims().subList(1, image.rank()));
        if (!data.shape().equals(wanted)) {
            throw new CompileException(
                    Code.INPUT_SHAPE,
                    network.inputs().getFirst().name(),
                    "the data has images " + data.shape() + " but the network takes " + wanted,
                    null);
        }
        Shape output = network.outputs().getFirst().type().shape();
        long outputs = output.elements() / output.dim(0);
        if (outputs != data.classes().size()) {
            throw fault(
                    network,
                    "has " + outputs + " outputs but the data has "
                            + data.classes().size() + " classes",
                    "give a network with one output per class");
        }
        if (data.size() < fewest) {
            throw fault(
                    network,
                    "takes batches of " + fewest + " but the data has " + data.size() + " images",
                    "use a smaller batch or more data");
        }
    }

    private static CompileException fault(Graph network, String fact, String hint) {
        return new CompileException(Code.TRAINING_DATA, network.name(), fact, hint);
    }
}
