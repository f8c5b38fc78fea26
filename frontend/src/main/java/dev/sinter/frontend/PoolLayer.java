package dev.sinter.frontend;

import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.AveragePool;
import dev.sinter.ir.op.MaxPool;
import dev.sinter.ir.type.Window;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Pooling whose window moves by its own size unless a stride is set.
///
/// @param kernel one extent per spatial dimension, or one for all
record PoolLayer(boolean average, List<Long> kernel) implements Layer {
    PoolLayer {
        kernel = List.copyOf(kernel);
    }

    @Override
    public String kind() {
        return "pool";
    }

    @Override
    public Set<LayerSetting> settings() {
        Set<LayerSetting> settings =
                EnumSet.of(LayerSetting.PAD, LayerSetting.STRIDE, LayerSetting.DILATION, LayerSetting.CEIL_MODE);
        if (average) {
            settings.add(LayerSetting.COUNT_PAD);
        }
        return settings;
    }

    @Override
    public Value addTo(LayerScope scope, Value input) {
        int spatial = scope.spatialRank(input.type());
        List<Long> extents = scope.expanded("kernel", kernel, spatial);
        Window window = new Window(
                extents,
                scope.isSet(LayerSetting.STRIDE) ? scope.setting(LayerSetting.STRIDE, spatial, 1) : extents,
                scope.pads(spatial),
                scope.setting(LayerSetting.DILATION, spatial, 1),
                scope.flag(LayerSetting.CEIL_MODE));
        return scope.add(
                average ? new AveragePool(window, scope.flag(LayerSetting.COUNT_PAD)) : new MaxPool(window), input);
    }
}
