package dev.sinter.ir.plan;

import dev.sinter.ir.expr.Layout;
import dev.sinter.ir.expr.Source;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.transform.ChannelsAsBuffers;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// All that is decided of a network on a target: kernels in order, layouts, and which values share memory because a
/// reshape changes no bytes.
///
/// @param graph the network after its passes
/// @param aliases for each reshaped value the value whose bytes it has
/// @param inside for each value that is written where a concatenation of it is to be, the concatenated one
/// @param unfit measured schedules that were given but could not be used
/// @param layouts of everything but constants, whose layouts are those of the kernels' arguments
public record Plan(
        Graph graph,
        List<Step> steps,
        Map<Source, Layout> layouts,
        Map<Value, Value> aliases,
        Map<Value, Value> inside,
        List<Fusion.Refusal> refusals,
        List<UnfitTuning> unfit) {
    public Plan {
        steps = List.copyOf(steps);
        layouts = Collections.unmodifiableMap(new IdentityHashMap<>(layouts));
        aliases = Collections.unmodifiableMap(new IdentityHashMap<>(aliases));
        inside = Collections.unmodifiableMap(new IdentityHashMap<>(inside));
        refusals = List.copyOf(refusals);
        unfit = List.copyOf(unfit);
    }

    /// The same for devices without channels: buffers in their place.
    public Plan withoutChannels() {
        List<Step> buffered = steps.stream()
                .map(step -> step.with(
                        step.kernels().stream().map(ChannelsAsBuffers::apply).toList()))
                .toList();
        return new Plan(graph, buffered, layouts, aliases, inside, refusals, unfit);
    }

    /// One of the steps by itself: what it reads are inputs, and what it computes are outputs, of a network of no more
    /// than that. Tensors lie as they do in the whole, but share no memory with others.
    public Plan only(Step step) {
        Graph part = graph.part(
                graph.name() + "/" + step.group().name(),
                variables(step),
                step.cluster().nodes(),
                step.outputs());
        Map<Source, Layout> own = new IdentityHashMap<>();
        step.kernels().stream()
                .flatMap(kernel -> kernel.arguments().stream())
                .map(Kernel.Argument::source)
                .filter(source ->
                        !(source instanceof Value value && graph.constant(value).isPresent()))
                .forEach(source -> own.put(source, layout(source)));
        return new Plan(part, List.of(step), own, Map.of(), Map.of(), List.of(), List.of());
    }

    /// What a step reads, constants left out.
    public Set<Value> variables(Step step) {
        Set<Value> read = step.cluster().inputs();
        read.removeIf(value -> graph.constant(value).isPresent());
        return read;
    }

    /// The tensor that `source` is: itself, or what it is a reshape of.
    public Source tensorOf(Source source) {
        Source tensor = source;
        while (tensor instanceof Value value && aliases.containsKey(value)) {
            tensor = aliases.get(value);
        }
        return tensor;
    }

    /// The tensor in whose memory `source` lies: itself, or what it is a reshape or a piece of.
    public Source memoryOf(Source source) {
        Source owner = tensorOf(source);
        while (owner instanceof Value value && inside.containsKey(value)) {
            owner = tensorOf(inside.get(value));
        }
        return owner;
    }

    /// True if the value is a concatenation whose operands are written in its place, so that no kernel computes it.
    public boolean isInPlace(Value value) {
        return inside.containsValue(value);
    }

    /// How the tensor that `source` is lies in its memory.
    public Layout layout(Source source) {
        Source tensor = tensorOf(source);
        Layout layout = layouts.get(tensor);
        return layout == null ? Layout.rowMajor(tensor.type().shape()) : layout;
    }
}
