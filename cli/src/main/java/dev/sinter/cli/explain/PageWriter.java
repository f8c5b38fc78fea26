package dev.sinter.cli.explain;

import dev.sinter.cli.explain.Page.Section;
import dev.sinter.cli.terminal.HostLine;
import dev.sinter.ir.graph.Value;
import java.util.ArrayList;
import java.util.List;

/// Puts the sections in the order in which they explain each other.
public final class PageWriter {
    private PageWriter() {}

    public static Page of(Explanation explanation) {
        List<Section> sections = new ArrayList<>();
        ShapeSections.sizes(explanation).ifPresent(sections::add);
        FlipSection.of(explanation).ifPresent(sections::add);
        ShapeSections.volumes(explanation).ifPresent(sections::add);
        sections.add(WeightSections.parameters(explanation));
        sections.add(WeightSections.connections(explanation));
        sections.add(FieldSection.of(explanation));
        explanation.measured().ifPresent(measured -> {
            sections.add(EquivarianceSection.of(measured));
            sections.add(InvarianceSection.of(explanation, measured));
        });
        sections.add(SizeSection.of(explanation));
        return new Page(explanation.model(), lead(explanation), sections);
    }

    private static List<String> lead(Explanation explanation) {
        Value picture = explanation.facts().picture();
        Value output = explanation.facts().graph().outputs().getFirst();
        List<String> lead = new ArrayList<>();
        lead.add("In: " + picture.name() + ", " + Words.volume(picture.type().shape()) + " numbers. Out: "
                + output.name()
                + ", " + Words.volume(output.type().shape()) + " numbers. Learned: "
                + Words.count(explanation.facts().parameters()) + " parameters in "
                + explanation.facts().layers().stream()
                        .filter(layer -> layer.parameters() > 0)
                        .count()
                + " layers with weights.");
        if (!explanation.facts().isConvolutional()) {
            lead.add("No layer of this network is a convolution. What is told of convolutions does not apply; the"
                    + " figures show what it costs to do without.");
        }
        HostLine.of(explanation.onHost()).ifPresent(line -> lead.add("Some layers run " + line + "."));
        return lead;
    }
}
