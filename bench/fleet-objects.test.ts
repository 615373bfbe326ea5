import { Chart, Testing } from 'cdk8s';
import { addFleet } from './fleet-charts';
import { vmObjects } from './fleet-objects';

test('the plain objects are those that the constructs make', () => {
  const app = Testing.app();
  addFleet(app, 51);
  const charts = app.node.children.filter((child) => Chart.isChart(child));
  charts.forEach((chart, index) => expect(vmObjects(index)).toEqual(expect.arrayContaining(chart.toJson())));
  expect(charts.map((chart, index) => [chart.toJson().length, vmObjects(index).length])).toEqual(
    charts.map((_chart, index) => (index % 50 === 0 ? [6, 6] : [5, 5])),
  );
});
