// Two seconds: zooms are sharp, the overview is painted, lazy parts have come.
() => new Promise((resolve) => setTimeout(resolve, 2_000));
