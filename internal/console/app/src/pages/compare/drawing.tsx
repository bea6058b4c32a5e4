import type { EChartsCoreOption, EChartsType } from 'echarts/core';
import { useEffect, useRef } from 'react';
import { useBrightness } from '@/shell/theme';
import './heat.css';

// Told apart without colour, too: each line has a mark of its own.
const marks = ['circle', 'rect', 'triangle', 'diamond', 'roundRect', 'pin', 'arrow'];

/** The mark of the n-th line. */
export function mark(n: number): string {
  return marks[n % marks.length] ?? 'circle';
}

/**
 * A chart, drawn when it is looked at. The label says in words what it shows;
 * the numbers stand in a table beside it.
 */
export function Drawing({ label, option }: { label: string; option: EChartsCoreOption }) {
  const box = useRef<HTMLDivElement>(null);
  const { dark } = useBrightness();
  useEffect(() => {
    let chart: EChartsType | undefined;
    let gone = false;
    const size = new ResizeObserver(() => chart?.resize());
    void import('./chart').then(({ init }) => {
      if (gone || !box.current) return;
      chart = init(box.current);
      chart.setOption(themed(option, getComputedStyle(document.documentElement), dark));
      size.observe(box.current);
    });
    return () => { gone = true; size.disconnect(); chart?.dispose(); };
  }, [option, dark]);
  return <div ref={box} className="chart" role="img" aria-label={label} />;
}

// Colours with enough contrast on the paper of either brightness.
const bright = ['#b3261e', '#1d5fa8', '#8a5a00', '#2e6b2e', '#6b3fa0', '#a3386c', '#00696b', '#5c5c00'];
const dim = ['#ff8a80', '#82b8ff', '#f5c26b', '#8fd48f', '#c9a6ff', '#ff9ecb', '#6fd6d8', '#d6d66b'];

function themed(option: EChartsCoreOption, style: CSSStyleDeclaration, dark: boolean): EChartsCoreOption {
  const [ink, line, paper] = ['--ink', '--line', '--paper'].map((name) => style.getPropertyValue(name).trim());
  const axis = (given: unknown) => ({ ...(given as object), axisLabel: { color: ink, hideOverlap: true }, axisLine: { lineStyle: { color: line } }, splitLine: { lineStyle: { color: line } } });
  return {
    animation: false, color: dark ? dim : bright, textStyle: { color: ink }, ...option, xAxis: axis(option.xAxis), yAxis: axis(option.yAxis),
    tooltip: { ...(option.tooltip as object | undefined), confine: true, backgroundColor: paper, borderColor: line, textStyle: { color: ink } },
    legend: { type: 'scroll', top: 0, textStyle: { color: ink }, pageTextStyle: { color: ink }, pageIconColor: ink, pageIconInactiveColor: line, ...(option.legend as object | undefined) },
  };
}
