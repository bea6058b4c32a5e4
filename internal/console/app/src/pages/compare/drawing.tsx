import type { EChartsCoreOption, EChartsType } from 'echarts/core';
import { useEffect, useRef } from 'react';
import { useBrightness } from '@/shell/theme';
import './heat.css';

/** A chart, drawn when it is looked at; the numbers stand in a table beside it. */
export function Drawing({ label, option }: { label: string; option: EChartsCoreOption }) {
  const box = useRef<HTMLDivElement>(null);
  const { dark } = useBrightness();
  useEffect(() => {
    let chart: EChartsType | undefined;
    let gone = false;
    const fit = () => chart?.resize();
    void import('./chart').then(({ init }) => {
      if (gone || !box.current) return;
      const style = getComputedStyle(document.documentElement);
      const ink = style.getPropertyValue('--ink').trim();
      const line = style.getPropertyValue('--line').trim();
      chart = init(box.current);
      chart.setOption({ animation: false, textStyle: { color: ink }, ...themed(option, ink, line) });
    });
    addEventListener('resize', fit);
    return () => { gone = true; removeEventListener('resize', fit); chart?.dispose(); };
  }, [option, dark]);
  return <div ref={box} className="chart" role="img" aria-label={label} />;
}

function themed(option: EChartsCoreOption, ink: string, line: string): EChartsCoreOption {
  const axis = (given: unknown) => ({ ...(given as object), axisLabel: { color: ink }, axisLine: { lineStyle: { color: line } }, splitLine: { lineStyle: { color: line } } });
  return { ...option, xAxis: axis(option.xAxis), yAxis: axis(option.yAxis), legend: { type: 'scroll', top: 0, textStyle: { color: ink }, ...(option.legend as object | undefined) } };
}
