package dev.sinter.cli.conformance;

import dev.sinter.frontend.BoundModel;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.interp.Deviation;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.verify.StepVerdict;
import dev.sinter.ir.verify.Verification;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Kernels on a device, each judged by the oracle as well.
public record DeviceSubject(Device device) implements ConformanceSubject {
    /// Tensors without elements or with too many, and operators that have no kernel for a type.
    private static final Set<Code> REFUSED = Set.of(Code.SHAPE_ELEMENTS, Code.TYPE_ELEMENT, Code.DEVICE_MEMORY);

    @Override
    public String id() {
        return device.id();
    }

    @Override
    public String name() {
        return device.name();
    }

    @Override
    public Results run(BoundModel model) {
        try (Executable executable = Sinter.compile(model.graph(), device)) {
            Map<String, Tensor> outputs = executable.run(model.inputs());
            Optional<WrongElement> wrong = Verification.bounded(executable, model.inputs(), _ -> {})
                    .firstFailure()
                    .map(DeviceSubject::wrong);
            List<String> onHost = executable.program().onHost().stream()
                    .map(node -> node.op().mnemonic())
                    .distinct()
                    .toList();
            return new Results(outputs, wrong, onHost);
        }
    }

    private static WrongElement wrong(StepVerdict verdict) {
        Deviation first = verdict.judgement().first().orElseThrow();
        return WrongElement.of(verdict.step().cluster().last().label(), verdict.name(), first);
    }

    @Override
    public boolean refuses(Code code) {
        return REFUSED.contains(code);
    }
}
