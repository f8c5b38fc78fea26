package dev.sinter.ir.plan;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Excerpt;
import dev.sinter.ir.diag.NearestNames;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.schedule.Handles;
import dev.sinter.ir.schedule.WrittenStep;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The steps of a network by the names that people give them: that of their last layer, as schedule text has it.
final class StepNames {
    private final List<Cluster> clusters;
    private final Handles<Cluster> names;

    /// @param clusters all of the network
    StepNames(List<Cluster> clusters) {
        this.clusters = clusters;
        this.names = new Handles<>(
                clusters.stream().filter(cluster -> !cluster.isReshape()).toList(),
                cluster -> cluster.last().name());
    }

    /// @throws CompileException if nothing is planned under that name; it says where the name is written
    Cluster find(WrittenStep.Handle written) {
        return planned(
                names.find(written),
                written.place() + " " + written,
                written.name().word(),
                written.toString());
    }

    /// @param written a name as it is printed, or without its quotes
    /// @throws CompileException if nothing is planned under that name
    Cluster find(String written) {
        return planned(names.find(written), written, written, written);
    }

    private Cluster planned(Optional<Cluster> found, String where, String layer, String shown) {
        Cluster cluster = found.orElseThrow(() -> unknown(where, layer, shown));
        if (cluster.runsOnHost()) {
            throw fault(where, "runs on the host, so nothing is planned for it", null);
        }
        if (cluster.output().type().shape().elements() == 0) {
            throw fault(where, "has no elements, so nothing is planned for it", null);
        }
        return cluster;
    }

    private CompileException unknown(String where, String layer, String shown) {
        Optional<Cluster> around = clusters.stream()
                .filter(cluster -> cluster.nodes().stream().map(Node::name).anyMatch(layer::equals))
                .findFirst();
        if (around.isPresent() && around.get().isReshape()) {
            return fault(where, "only gives the same bytes another shape, so nothing is planned for it", null);
        }
        // A layer that ends a step has that name: only a number behind it can be what is wrong.
        if (around.isPresent() && !around.get().last().name().equals(layer)) {
            return fault(where, "is no step of its own but a layer of step " + names.text(around.get()), null);
        }
        return fault(
                where,
                "is no step of this network, which has " + Excerpt.of(names.all()),
                NearestNames.hint(shown, names.all()).orElse("'sinter inspect MODEL --schedules' prints them"));
    }

    private static CompileException fault(String where, String fact, @Nullable String hint) {
        return new CompileException(Code.SCHEDULE_UNKNOWN, where, fact, hint);
    }
}
