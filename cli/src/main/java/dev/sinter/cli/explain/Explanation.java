package dev.sinter.cli.explain;

import dev.sinter.ir.analysis.Equivariance;
import dev.sinter.ir.analysis.Invariance;
import dev.sinter.ir.analysis.KernelFlip;
import dev.sinter.ir.analysis.NetworkFacts;
import dev.sinter.ir.analysis.OtherSize;
import dev.sinter.ir.graph.Node;
import java.util.List;
import java.util.Optional;

/// All that is told of one network.
///
/// @param measured empty where nothing was run
/// @param otherSizes what becomes of the network at other sizes of its picture
public record Explanation(
        String model,
        NetworkFacts facts,
        KernelFlip flip,
        Optional<Measured> measured,
        OtherSize asBuilt,
        List<OtherSize> otherSizes) {
    /// What running the network showed.
    ///
    /// @param device what it ran on
    /// @param shown what it was shown
    /// @param invariance one per variant of its poolings; empty where its answer is a map
    public record Measured(String device, String shown, List<Equivariance> equivariance, List<Invariance> invariance) {}

    /// Layers that no kernel computes, with their operators.
    public List<String> onHost() {
        return facts.graph().nodes().stream()
                .filter(node -> node.op().runsOnHost())
                .map(Node::label)
                .toList();
    }

    /// Weights of the zoo are made up, so that measurements say something of the structure only.
    public boolean hasRandomWeights() {
        return model.startsWith("zoo:");
    }
}
